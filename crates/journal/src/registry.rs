//! What the capabilities of the house have brought: actions, reactions, workers and sweeps by name.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::pin::Pin;
use std::sync::Arc;

use base::Result;
use base::error::not_found;
use serde_json::Value;

use crate::Caller;
use crate::action::{Action, Risk};
use crate::cx::{Core, Cx, Key};
use crate::reaction::Reaction;
use crate::worker::{Sweep, Worker};
use crate::workspace::{Acted, Workspace};

impl Cx<'_, '_> {
    /// What the capabilities have brought.
    pub fn registry(&self) -> Arc<Registry> {
        registry_of(self.core())
    }

    /// Runs an action that is known by its name alone.
    pub fn call_by_name(&mut self, name: &str, input: &Value) -> Result<Value> {
        let registry = self.registry();
        let action = registry.action(name)?;
        self.must(action.grant)?;
        self.set_cause(action.name);
        (action.run)(self, input)
    }
}

impl Workspace {
    /// What the capabilities have brought.
    pub fn registry(&self) -> Arc<Registry> {
        registry_of(self)
    }
}

fn registry_of(core: &Core) -> Arc<Registry> {
    let known = core.registry.clone().downcast::<Registry>();
    known.expect("a core is made with a Registry, see its field")
}

type Run = Box<dyn Fn(&mut Cx<'_, '_>, &Value) -> Result<Value> + Send + Sync>;
type Acting = Pin<Box<dyn Future<Output = Result<Acted<Value>>> + Send>>;
type Act = Box<dyn Fn(Arc<Workspace>, Caller, Option<Key>, Value) -> Acting + Send + Sync>;

/// An action as it is known by name.
pub struct Verb {
    pub name: &'static str,
    pub grant: &'static str,
    pub risk: Risk,
    /// JSON schema of the input.
    pub schema: fn() -> Value,
    pub(crate) run: Run,
    act: Act,
}

impl Verb {
    pub fn of<A: Action>() -> Verb {
        Verb {
            name: A::NAME,
            grant: A::GRANT,
            risk: A::RISK,
            schema: || {
                let schema = <A::Input as utoipa::PartialSchema>::schema();
                serde_json::to_value(schema).expect("a derived schema can be written as JSON")
            },
            run: Box::new(|cx, input| {
                let input = read::<A>(input.clone())?;
                Ok(serde_json::to_value(A::run(cx, &input)?)?)
            }),
            act: Box::new(|house, caller, key, input| {
                Box::pin(async move {
                    let acted = house.act::<A>(caller, key, read::<A>(input)?).await?;
                    Ok(Acted { output: serde_json::to_value(acted.output)?, undo: acted.undo })
                })
            }),
        }
    }
}

fn read<A: Action>(input: Value) -> Result<A::Input> {
    serde_json::from_value(input).map_err(|e| base::error::invalid("action_input", e.to_string()))
}

#[derive(Default)]
pub struct Registry {
    verbs: BTreeMap<&'static str, Verb>,
    pub(crate) reactions: Vec<Reaction>,
    pub(crate) workers: BTreeMap<&'static str, Worker>,
    pub(crate) sweeps: Vec<Sweep>,
    sockets: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
}

impl Registry {
    /// Panics at start on a name given twice: that is a fault of the program, not of its use.
    pub fn add(
        &mut self,
        verbs: Vec<Verb>,
        reactions: Vec<Reaction>,
        workers: Vec<Worker>,
        sweeps: Vec<Sweep>,
    ) {
        for verb in verbs {
            let name = verb.name;
            assert!(self.verbs.insert(name, verb).is_none(), "two actions are called {name}");
        }
        for worker in workers {
            let name = worker.name;
            assert!(self.workers.insert(name, worker).is_none(), "two workers do {name}");
        }
        self.reactions.extend(reactions);
        self.sweeps.extend(sweeps);
    }

    /// A socket, empty at first: a spine crate declares its type, capabilities put their parts in.
    pub fn fill<T: Any + Default + Send + Sync>(&mut self) -> &mut T {
        let part = self.sockets.entry(TypeId::of::<T>()).or_insert_with(|| Box::new(T::default()));
        part.downcast_mut().expect("kept under its own type")
    }

    /// What was plugged in; the crate that declares the type says what its absence means.
    pub fn socket<T: Any>(&self) -> Option<&T> {
        self.sockets.get(&TypeId::of::<T>()).and_then(|part| part.downcast_ref())
    }

    pub fn action(&self, name: &str) -> Result<&Verb> {
        self.verbs.get(name).ok_or_else(|| not_found("unknown_action"))
    }

    pub fn actions(&self) -> impl Iterator<Item = &Verb> {
        self.verbs.values()
    }

    /// Every permission there is, for roles.
    pub fn grants(&self) -> BTreeSet<&'static str> {
        self.verbs.values().map(|v| v.grant).collect()
    }

    /// Runs an action that is known by its name alone, with its preparation.
    pub async fn act(
        &self,
        house: &Arc<Workspace>,
        caller: Caller,
        name: &str,
        key: Option<Key>,
        input: Value,
    ) -> Result<Acted<Value>> {
        (self.action(name)?.act)(house.clone(), caller, key, input).await
    }
}
