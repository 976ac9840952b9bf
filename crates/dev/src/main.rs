//! Chores of the workshop: everything that makes generated files. One file a chore.

mod bind;
mod catalogue;
mod coverage;
mod evade;
mod files;
mod fit;
mod licences;
mod map;
mod networks;
mod new_sign;
mod pack;
mod sizes;
mod unread;

use clap::Parser;

#[derive(Parser)]
#[command(about = "Chores of the Mekiki workshop")]
enum Chore {
    /// Make the JavaScript binding of the compiled module
    Bind(bind::Arguments),
    /// Make the table of networks from the packages that hold them
    Networks(networks::Arguments),
    /// Write the catalogue of signs, docs/signs.md
    Catalogue(catalogue::Arguments),
    /// Say how much of a list of forged addresses the directory of brands knows
    Coverage(coverage::Arguments),
    /// Try on known forged mail what its writer could do to be let off
    Evade(evade::Arguments),
    /// Fit the weights of the signs to what `mekiki eval --json` saw
    Fit(fit::Arguments),
    /// Refuse dependencies under licences that were not agreed on
    Licences,
    /// Draw the world map of the dissection from the package that holds the outlines
    Map(map::Arguments),
    /// Make the files of a new sign, and say what is left to write
    NewSign(new_sign::Arguments),
    /// Pack a folder into an add-on archive, byte for byte the same from the same files
    Pack(pack::Arguments),
    /// Say how large the add-on is, and refuse one over its budget
    Sizes(sizes::Arguments),
    /// Refuse facts and purposes of words that nothing uses, but for those that are awaited
    Unread,
}

fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Bind(arguments) => bind::run(&arguments),
        Chore::Networks(arguments) => networks::run(&arguments),
        Chore::Catalogue(arguments) => catalogue::run(&arguments),
        Chore::Coverage(arguments) => coverage::run(&arguments),
        Chore::Evade(arguments) => evade::run(&arguments),
        Chore::Fit(arguments) => fit::run(&arguments),
        Chore::Licences => licences::run(),
        Chore::Map(arguments) => map::run(&arguments),
        Chore::NewSign(arguments) => new_sign::run(&arguments),
        Chore::Sizes(arguments) => sizes::run(&arguments),
        Chore::Unread => unread::run(),
        Chore::Pack(arguments) => pack::run(&arguments),
    }
}
