//! How long work takes.

use std::{
    fs,
    time::{Duration, Instant},
};

/// Turns of which the shortest counts: a busy machine makes them longer, nothing makes them shorter.
const TURNS: usize = 3;

/// The shortest of a few turns, by the processor time of this thread where the system tells it: others at work do not
/// make that longer.
pub fn shortest(mut work: impl FnMut()) -> Duration {
    let turns = (0..TURNS).map(|_| {
        let (before, clock) = (spent(), Instant::now());
        work();
        spent().zip(before).map_or_else(|| clock.elapsed(), |(now, before)| now.saturating_sub(before))
    });
    turns.min().unwrap_or_default()
}

/// How long this thread worked so far (Linux).
fn spent() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
