//! The rules of the house, as an ordinary test.

use xtask::house::drawing::draw;
use xtask::house::survey::House;
use xtask::{machine, tidy};

#[test]
fn the_house_is_tidy() {
    let findings = tidy::judge(&machine::root()).expect("the repository can be read");
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} findings:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn the_house_has_no_circles() {
    let house = House::read(&machine::root()).expect("the repository can be read");
    let circles: Vec<String> = draw(&house).circles.iter().map(ToString::to_string).collect();
    assert_eq!(circles, Vec::<String>::new());
}
