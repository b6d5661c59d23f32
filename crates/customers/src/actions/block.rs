//! Senders are shut out, and let in again. Undo knows blocks by their ids alone.

use base::Result;
use base::error::{invalid, not_found};
use journal::{Action, Cx, Note, Risk};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events::{BLOCKED, UNBLOCKED};
use crate::model::{Block, BlockId, BlockKind, CustomerId, IdentityKind, Target, domain_of};
use crate::{reachable, reading, store as rows};

pub struct BlockSender;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerBlockSenderInput)]
pub struct Input {
    pub kind: BlockKind,
    pub value: String,
}

impl Action for BlockSender {
    const NAME: &'static str = "customer.block_sender";
    const GRANT: &'static str = BlockCustomer::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = Input;
    type Output = Block;

    fn run(cx: &mut Cx<'_, '_>, input: &Input) -> Result<Block> {
        let target = match IdentityKind::parse(input.kind.as_str()) {
            Some(kind) => {
                let address = reachable::address(cx, kind, &input.value)?;
                Target { kind: input.kind, value: address.value, folded: address.folded }
            }
            None => Target::domain(&input.value)?,
        };
        let mut blocks = block(cx, &[target])?;
        Ok(blocks.remove(0))
    }
}

/// Shuts out a customer by all identities, or by the domains of the mail addresses.
pub struct BlockCustomer;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerBlockInput)]
pub struct Customer {
    pub customer: CustomerId,
    /// Everybody of the domains of the customer's mail addresses.
    #[serde(default)]
    pub domain: bool,
}

impl Action for BlockCustomer {
    const NAME: &'static str = "customer.block";
    const RISK: Risk = Risk::Reversible;
    type Input = Customer;
    type Output = Vec<Block>;

    fn run(cx: &mut Cx<'_, '_>, input: &Customer) -> Result<Vec<Block>> {
        let customer = whole(cx, input.customer)?;
        let mut targets = Vec::new();
        for row in rows::list_identities(cx, customer)? {
            let target = match (input.domain, row.kind, domain_of(&row.folded)) {
                (true, IdentityKind::Email, Some(domain)) => Target::domain(domain)?,
                (true, ..) => continue,
                (false, ..) => Target { kind: own_kind(row.kind), value: row.value, folded: row.folded },
            };
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        if targets.is_empty() {
            return Err(invalid("nothing_to_block", "This customer has no address that could be blocked."));
        }
        block(cx, &targets)
    }
}

/// Whoever the customer is by now, held until the transaction ends.
fn whole(cx: &mut Cx<'_, '_>, id: CustomerId) -> Result<CustomerId> {
    let id = reading::resolve(cx, id)?;
    rows::lock_customer(cx, id)?;
    Ok(id)
}

fn own_kind(kind: IdentityKind) -> BlockKind {
    match kind {
        IdentityKind::Email => BlockKind::Email,
        IdentityKind::Phone => BlockKind::Phone,
        IdentityKind::Chat => BlockKind::Chat,
        IdentityKind::Social => BlockKind::Social,
        IdentityKind::Postal => BlockKind::Postal,
        IdentityKind::External => BlockKind::External,
    }
}

fn block(cx: &mut Cx<'_, '_>, targets: &[Target]) -> Result<Vec<Block>> {
    let by = cx.caller().agent_id();
    let (mut blocks, mut fresh) = (Vec::new(), Vec::new());
    for target in targets {
        let (block, new) = rows::insert_block(cx, target, by)?;
        if new {
            cx.record(Note::new(BLOCKED, "block", block.id.0))?;
            fresh.push(block.id);
        }
        blocks.push(block);
    }
    if !fresh.is_empty() {
        cx.undoable::<Lift>(&Blocks { blocks: fresh })?;
    }
    Ok(blocks)
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerBlocksInput)]
pub struct Blocks {
    pub blocks: Vec<BlockId>,
}

pub struct Lift;

impl Action for Lift {
    const NAME: &'static str = "customer.lift_blocks";
    const GRANT: &'static str = BlockCustomer::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = Blocks;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Blocks) -> Result<()> {
        let now = cx.now();
        let lifted = rows::set_lifted(cx, &input.blocks, Some(now))?;
        if lifted.is_empty() {
            return Err(not_found("block_not_found"));
        }
        for id in &lifted {
            cx.record(Note::new(UNBLOCKED, "block", id.0))?;
        }
        cx.undoable::<BlockAgain>(&Blocks { blocks: lifted })
    }
}

pub struct BlockAgain;

impl Action for BlockAgain {
    const NAME: &'static str = "customer.block_again";
    const GRANT: &'static str = BlockCustomer::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = Blocks;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Blocks) -> Result<()> {
        for id in rows::set_lifted(cx, &input.blocks, None)? {
            cx.record(Note::new(BLOCKED, "block", id.0))?;
        }
        Ok(())
    }
}

/// Lets a customer in again, whatever shut the customer out.
pub struct UnblockCustomer;

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CustomerUnblockInput)]
pub struct Unblocked {
    pub customer: CustomerId,
}

impl Action for UnblockCustomer {
    const NAME: &'static str = "customer.unblock";
    const GRANT: &'static str = BlockCustomer::NAME;
    const RISK: Risk = Risk::Reversible;
    type Input = Unblocked;
    type Output = ();

    fn run(cx: &mut Cx<'_, '_>, input: &Unblocked) -> Result<()> {
        let customer = whole(cx, input.customer)?;
        let identities = rows::list_identities(cx, customer)?;
        let forms: Vec<_> = identities.iter().flat_map(|row| Target::of(row.kind, &row.folded)).collect();
        let blocks = rows::list_blocks_against(cx, &forms)?;
        let blocks: Vec<BlockId> = blocks.into_iter().map(|block| block.id).collect();
        match blocks.is_empty() {
            true => Ok(()),
            false => Lift::run(cx, &Blocks { blocks }),
        }
    }
}
