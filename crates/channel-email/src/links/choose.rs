//! Which files go as links: the largest, until the rest fits.

use super::settings::FileLinks;

/// The places of those that go as links, in their order; of two that are alike the later one.
pub fn choose(sizes: &[i64], settings: &FileLinks) -> Vec<usize> {
    let most = settings.over_mb.saturating_mul(1_000_000);
    let mut left: i64 = sizes.iter().sum();
    let mut by_size: Vec<usize> = (0..sizes.len()).collect();
    by_size.sort_by_key(|at| (sizes[*at], *at));
    let mut chosen = Vec::new();
    while settings.on
        && left > most
        && let Some(at) = by_size.pop()
    {
        left -= sizes[at];
        chosen.push(at);
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    const MB: i64 = 1_000_000;

    #[test]
    fn the_largest_go_until_the_rest_fits() {
        let settings = FileLinks { on: true, over_mb: 10, days: 30 };
        let table: [(&[i64], &[usize]); 6] = [
            (&[], &[]),
            (&[10 * MB], &[]),
            (&[10 * MB + 1], &[0]),
            (&[MB, 9 * MB, 2 * MB], &[1]),
            (&[6 * MB, 6 * MB, 6 * MB], &[1, 2]),
            (&[40 * MB, 1, 40 * MB], &[0, 2]),
        ];
        for (sizes, expect) in table {
            assert_eq!(choose(sizes, &settings), expect, "{sizes:?}");
        }
        assert_eq!(choose(&[40 * MB], &FileLinks { on: false, ..settings }), Vec::<usize>::new());
    }

    proptest::proptest! {
        #[test]
        fn what_stays_fits_and_nothing_goes_without_need(
            sizes in proptest::collection::vec(0i64..60 * MB, 0..20), over_mb in 1i64..50,
        ) {
            let chosen = choose(&sizes, &FileLinks { on: true, over_mb, days: 1 });
            let stays: i64 = (0..sizes.len()).filter(|at| !chosen.contains(at)).map(|at| sizes[at]).sum();
            proptest::prop_assert!(stays <= over_mb * MB);
            if let Some(least) = chosen.iter().map(|at| sizes[*at]).min() {
                proptest::prop_assert!(stays + least > over_mb * MB);
            }
        }
    }
}
