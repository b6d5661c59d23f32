//! Names and domains, right and wrong.

use crate::{Deceit, deceives, looks_like};

#[test]
fn domains_that_look_alike_are_told_from_others() {
    let ours = "lumen-lamps.example";
    let alike = [
        "lurnen-lamps.example",
        "lumen-1amps.example",
        "lumen-lamps.example.evil.test",
        "lumen-lampss.example",
        "lumne-lamps.example",
        "xn--lumen-lmps-5qi.example",
        "lumen-lamps.test",
        "lumen-lamps-support.test",
        "lümen-lamps.example",
    ];
    for domain in alike {
        let expected = !matches!(domain, "lumen-lamps.test" | "lumen-lamps.example.evil.test");
        assert_eq!(looks_like(domain, ours), expected, "{domain}");
    }
    for domain in
        ["lumen-lamps.example", "mail.lumen-lamps.example", "lamps.example", "example.test", "a.example"]
    {
        assert!(!looks_like(domain, ours), "{domain}");
    }
    // Short names are near each other by accident.
    assert!(!looks_like("aol.example", "avl.example"));
}

#[test]
fn a_name_of_ours_with_a_foreign_address_deceives() {
    let domains = ["shop.example".to_owned()];
    let names = ["Ann Becker".to_owned(), "Lumen Lamps".to_owned()];
    let check = |name: &str, address: &str| deceives(name, address, &domains, &names);
    assert_eq!(check("Ann Becker", "ann@evil.test"), Some(Deceit::Name("Ann Becker".into())));
    assert_eq!(check("BECKER, Ann", "x@evil.test"), Some(Deceit::Name("Ann Becker".into())));
    assert_eq!(
        check("Αnn Вecker", "x@evil.test"),
        Some(Deceit::Name("Ann Becker".into())),
        "Greek and Cyrillic"
    );
    assert_eq!(check("support@shop.example", "x@evil.test"), Some(Deceit::Address("shop.example".into())));
    assert_eq!(check("Bo", "bo@sh0p.example"), Some(Deceit::Domain("shop.example".into())));
    for (name, address) in [
        ("Ann Becker", "ann@shop.example"),
        ("Ann", "ann@evil.test"),
        ("Bo Carlsson", "bo@b.example"),
        ("bo@b.example", "bo@b.example"),
        ("bo@mail.b.example", "bo@b.example"),
        ("", "bo@b.example"),
    ] {
        assert_eq!(check(name, address), None, "{name} {address}");
    }
}
