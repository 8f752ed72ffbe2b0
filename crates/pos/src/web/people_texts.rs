//! Every sentence about the people of a shop: PINs, who is on the list.

web::texts! {
    /// What is said of people.
    pub trait PeopleTexts;

    person_pin(name) "Đặt mã PIN mới cho {name}" / "Set a new PIN for {name}";
    fresh_pin() "Mã PIN mới" / "New PIN";
    fresh_pin_again() "Nhập lại mã PIN mới" / "New PIN again";
    to_people() "Về danh sách nhân viên" / "To the list";
    person_pin_about() "Dùng khi người này quên mã PIN hoặc để lộ. Mã cũ hết dùng được ngay, và người này phải đăng nhập lại." / "For who forgot the PIN or let somebody see it. The old one is of no use from now on, and the person signs in anew.";
    person_off_of(name) "Cho {name} nghỉ" / "Take {name} off the list";
    person_off() "Bỏ khỏi danh sách" / "Take off the list";
    person_off_about() "Người này không đăng nhập được nữa, cũng không đứng quầy tiếp được. Đơn và ca đã làm vẫn giữ tên." / "The person cannot sign in any more, nor go on at a counter. Their sales and shifts keep the name.";
    person_is_you() "Đây là tài khoản của bạn." / "This is you.";
    to_own_pin() "Đổi mã PIN của tôi" / "Change my PIN";
    your_pin() "Mã PIN của bạn" / "Your own PIN";
    your_pin_hint() "Để chắc đúng là bạn đang ngồi máy" / "So that it is certainly you";
    old_pin() "Mã PIN đang dùng" / "Your PIN until now";
    own_pin_about() "Từ lần đăng nhập sau dùng mã mới. Không cho ai biết: mã PIN thay chữ ký của bạn." / "It is asked for from the next sign-in on. Tell nobody: a PIN stands for your signature.";
    save_pin() "Lưu mã PIN" / "Save the PIN";
    pin_was_set(name) "Đã đặt mã PIN mới cho {name}." / "{name} has a new PIN.";
    own_pin_was_set() "Đã đổi mã PIN của bạn." / "Your PIN is changed.";
    was_taken_off(name) "{name} không còn trong danh sách." / "{name} is off the list.";
    last_manager() "Đây là quản lý duy nhất. Thêm một quản lý khác trước (qua trung tâm), rồi hãy bỏ." / "This is the only manager. Have central add another one first.";
    people_changes() "Thay đổi gần đây" / "Recent changes";
    change_added(by, name) "{by} thêm {name}" / "{by} added {name}";
    change_pin(by, name) "{by} đặt mã PIN mới cho {name}" / "{by} set a new PIN for {name}";
    change_own_pin(name) "{name} đổi mã PIN của mình" / "{name} changed the own PIN";
    change_taken_off(by, name) "{by} bỏ {name} khỏi danh sách" / "{by} took {name} off the list";
}

#[cfg(test)]
mod tests {
    use super::PeopleTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PeopleTexts>::ALL), Vec::<String>::new());
    }
}
