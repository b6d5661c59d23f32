//! The parts of the benchmark: data, load, figures.

pub mod plan;

mod clients;
mod fetch;
mod figures;
mod fill;
mod history;
mod hostility;
mod house;
mod imap;
mod insert;
mod letters;
mod limits;
mod mail;
mod place;
mod process;
mod reading;
mod screen;
mod signer;
mod words;
mod writing;

use crate::driver::Engine;
use figures::Table;
use place::Place;
use plan::Plan;

/// Measures one database: fills it, shows the limits of the machine, then row by row.
pub fn run(plan: &Plan, engine: Engine) {
    let place = Place::prepare(engine, plan);
    let bench = Bench { plan, place: &place };
    let mut table = Table::new(engine, plan);
    table.limits(&limits::measure(&place));
    // The order matters: what writes comes last, and what writes most at the very end.
    house::idle(&bench, &mut table);
    house::start(&bench, &mut table);
    let server = place.serve();
    let meter = process::Meter::new(&place, &server);
    let at = At { bench: &bench, server: &server, meter: &meter };
    reading::list(&at, &mut table);
    reading::open(&at, &mut table);
    reading::search(&at, &mut table);
    house::full(&at, &mut table, "after the rows that read");
    screen::screen(&at, &mut table);
    mail::inbound(&at, &mut table);
    hostility::inbound(&at, &mut table);
    fetch::fetch(&at, &mut table);
    writing::create(&at, &mut table);
    house::full(&at, &mut table, "after all rows");
    table.print();
}

/// What every row needs.
pub struct Bench<'a> {
    plan: &'a Plan,
    place: &'a Place,
}

/// The same, with a server at work.
pub struct At<'a> {
    bench: &'a Bench<'a>,
    server: &'a crate::driver::Server,
    meter: &'a process::Meter,
}
