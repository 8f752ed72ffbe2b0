//! Money that the bank tells of: the till turns green by itself, three acts are enough, and a claimed transfer leaves its
//! page without anybody's hand.

use domain::ids::SaleId;
use testkit::browser::{Browser, Viewport};
use testkit::world::{GARLIC, World, transfer};

use crate::looking::{click, comes_to, shows, until};
use crate::pictures::at_all_sizes;
use crate::shop::Shop;

#[tokio::test]
async fn the_till_turns_green_when_the_bank_has_it() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    let key = world.bank_key().await;
    let shop = Shop::with_workers(world.open_store("LS").await).await;
    let reference = async || {
        let sale_id = shop.store.state().await.sale_id;
        SaleId::from_uuid(sale_id).payment_reference()
    };
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        shows(browser, "280.000 ₫").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        shows(browser, "Thấy tiền về tài khoản rồi mới bấm").await?;

        // Another amount is a warning, and no more.
        let reference_of_sale = reference().await;
        assert_eq!(world.tell_bank(key.text(), &transfer(1, &reference_of_sale, 80_000)).await, 200);
        shows(browser, "Ngân hàng báo có 80.000 ₫, mã này là 280.000 ₫.").await?;
        at_all_sizes(browser, "bank-told-other").await?;

        // With the rest of it the panel is green within seconds, and Enter sells.
        let told_at = browser.read("return performance.now()").await?;
        assert_eq!(world.tell_bank(key.text(), &transfer(2, &reference_of_sale, 200_000)).await, 200);
        shows(browser, "Ngân hàng đã báo có 280.000 ₫.").await?;
        let green = browser.read(&format!("return performance.now() - {told_at} < 5000")).await?;
        assert_eq!(green, "true", "so soon");
        assert!(shop.store.state().await.last_sale.is_none(), "nothing is sold by it");
        at_all_sizes(browser, "bank-told").await?;
        browser.press("Enter").await?;
        comes_to(&shop.store, "a sale", |state| state.last_sale.is_some()).await;

        // A claimed one leaves its page when the bank has it.
        browser.type_like_scanner(GARLIC).await?;
        comes_to(&shop.store, "the garlic", |state| !state.lines.is_empty()).await;
        let claimed = reference().await;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        browser.press("F7").await?;
        shows(browser, "Còn chờ thu 280.000 ₫.").await?;
        until(browser, "document.querySelector('#previous').innerText.includes('Khách báo đã chuyển')")
            .await?;
        assert_eq!(world.tell_bank(key.text(), &transfer(3, &claimed, 280_000)).await, 200);
        shop.store.app.bank_watch().tell_claimed();
        shows(browser, "Ngân hàng đã báo có 280.000 ₫ của đơn LS-").await?;
        until(browser, "document.querySelector('#previous').innerText.includes('Đã nhận chuyển khoản')")
            .await?;
        at_all_sizes(browser, "bank-confirmed").await?;
        let place = browser.read("return location.origin + '/open-tenders'").await?;
        browser.goto(&place).await?;
        shows(browser, "Không còn khoản nào chờ thu.").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// What a manager sees of a bank's file: a claim to confirm, one that the bank does not show, one of another amount, money
/// for nothing, a line that cannot be read.
#[tokio::test]
async fn a_banks_file_is_compared_and_confirmed() {
    let _others = crate::QUIET.read().await;
    let store = testkit::store::TestStore::new().await;
    let mut sales = Vec::new();
    for _ in 0..3 {
        sales.push(store.scan(GARLIC).await.sale_id);
        store.pay(domain::tender::TenderKind::Claimed, None).await;
    }
    let reference = |place: usize| SaleId::from_uuid(sales[place]).payment_reference();
    let statement = format!(
        "SAO KÊ TÀI KHOẢN;;;;\nNgày giao dịch;Số CT;Ghi nợ;Ghi có;Nội dung\n\
         23/11/2026;1;;280.000;MBVCB.{}.CT tu NGUYEN VAN A\n23/11/2026;2;;200.000;{} tra tien toi\n\
         23/11/2026;3;;1.000.000;PHAM THI B ung ho quy khuyen hoc xa\n24/11/2026;4;55.000;;phi dich vu\n\
         24/11/2026;5;;1.5;nham\n",
        reference(0),
        reference(1).to_lowercase()
    );
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("sao-ke.csv");
    std::fs::write(&file, statement).expect("a file");
    let shop = Shop::pages(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, testkit::catalogue::id_of("Trần Văn Quản")).await?;
        let place = browser.read("return location.origin + '/open-tenders'").await?;
        browser.goto(&place).await?;
        shows(browser, "Đối chiếu sổ ngân hàng").await?;
        at_all_sizes(browser, "open-tenders-manager").await?;
        crate::looking::choose_file(browser, "#file", &file).await?;
        click(browser, "form[enctype] button").await?;
        shows(browser, "Khớp, chờ xác nhận").await?;
        shows(browser, "Chưa thấy ở ngân hàng").await?;
        shows(browser, "Dòng 7: Không đọc được số tiền.").await?;
        at_all_sizes(browser, "bank-file").await?;
        click(browser, "main button.primary").await?;
        shows(browser, "Đã xác nhận 1 khoản theo sổ ngân hàng, tổng 280.000 ₫.").await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
