//! The two evaluators of visibility agree, on both databases.

use super::*;
use crate::model::{Keys, Shelf};
use crate::store::visible::visible;
use customers::CustomerId;
use people::{BrandId, Scope, TeamId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::p;

fn scopes() -> impl Strategy<Value = Scope> {
    let teams = proptest::collection::vec((1i64..4).prop_map(TeamId), 0..3);
    let brands = proptest::collection::vec((1i64..4).prop_map(BrandId), 0..3);
    let agent = (1i64..4).prop_map(AgentId);
    prop_oneof![
        Just(Scope::All),
        Just(Scope::None),
        (agent.clone(), teams).prop_map(|(agent, teams)| Scope::Teams { agent, teams }),
        (agent.clone(), brands).prop_map(|(agent, brands)| Scope::Brands { agent, brands }),
        agent.prop_map(|agent| Scope::Own { agent }),
        (1i64..4).prop_map(|id| Scope::Customer { id }),
    ]
}

fn rows() -> impl Strategy<Value = Keys> {
    let some = |max: i64| proptest::option::of(1i64..max);
    let shelf = proptest::sample::select(Shelf::ALL);
    (shelf, some(4), some(4), some(4), 1i64..4).prop_map(|(shelf, team, brand, assignee, requester)| Keys {
        shelf,
        team: team.map(TeamId),
        brand: brand.map(BrandId),
        assignee: assignee.map(AgentId),
        requester: CustomerId(requester),
    })
}

testkit::both! { with house();

async fn the_predicate_and_the_test_in_memory_agree(w: World) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..400 {
        let scope = scopes().new_tree(&mut runner).expect("a scope").current();
        let row = rows().new_tree(&mut runner).expect("a row").current();
        let asked = scope.clone();
        let in_sql = w.house.read(Caller::system(), move |cx| {
            let sql = format!(
                "SELECT count(*) FROM (SELECT CAST($1 AS TEXT) AS shelf, CAST($2 AS BIGINT) AS team_id,
                     CAST($3 AS BIGINT) AS brand_id, CAST($4 AS BIGINT) AS assignee_id,
                     CAST($5 AS BIGINT) AS requester_id) c WHERE {}",
                visible(&asked).sql()
            );
            let (n,): (i64,) = cx.one(sql, p![row.shelf, row.team, row.brand, row.assignee, row.requester])?;
            Ok(n == 1)
        });
        assert_eq!(in_sql.await.expect("counts"), visible(&scope).test(&row), "{scope:?} {row:?}");
    }
}

}
