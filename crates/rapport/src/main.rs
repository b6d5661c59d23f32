//! The program: command line and assembly of the house.

fn main() {
    println!("{}", env!("CARGO_PKG_VERSION"));
}
