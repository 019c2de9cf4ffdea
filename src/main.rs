//! nothing yet
fn main() {
    let _ = nianbao::form::load();
}
