//! A bounded queue between async callers and the threads that own the connections.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};

use base::Result;
use base::error::unavailable;

/// More waiting work than this means that the database does not keep up: callers are told so.
const MOST_WAITING: usize = 20_000;

pub(crate) struct Queue<T> {
    inner: Mutex<Inner<T>>,
    filled: Condvar,
}

struct Inner<T> {
    items: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    pub fn new() -> Queue<T> {
        Queue { inner: Mutex::new(Inner { items: VecDeque::new(), closed: false }), filled: Condvar::new() }
    }

    pub fn push(&self, item: T) -> Result<()> {
        let mut inner = self.lock();
        if inner.closed {
            return Err(unavailable("database_closed", "The database is being closed."));
        }
        if inner.items.len() >= MOST_WAITING {
            return Err(unavailable("database_busy", "The database is very busy. Try again soon."));
        }
        inner.items.push_back(item);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for an item; `None` once the queue is closed and empty.
    pub fn pop(&self) -> Option<T> {
        let mut inner = self.lock();
        loop {
            if let Some(item) = inner.items.pop_front() {
                return Some(item);
            }
            if inner.closed {
                return None;
            }
            inner = self.filled.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub fn try_pop(&self) -> Option<T> {
        self.lock().items.pop_front()
    }

    pub fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    pub fn len(&self) -> usize {
        self.lock().items.len()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner<T>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
