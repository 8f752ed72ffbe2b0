fn main() {
    // New migrations are compiled in.
    println!("cargo::rerun-if-changed=../../migrations/pos");
}
