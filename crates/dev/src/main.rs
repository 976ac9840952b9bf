//! Chores of the workshop: everything that makes generated files. One file a chore.

mod bind;
mod networks;
mod pack;

use clap::Parser;

#[derive(Parser)]
#[command(about = "Chores of the Mekiki workshop")]
enum Chore {
    /// Make the JavaScript binding of the compiled module
    Bind(bind::Arguments),
    /// Make the table of networks from the packages that hold them
    Networks(networks::Arguments),
    /// Pack a folder into an add-on archive, byte for byte the same from the same files
    Pack(pack::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Chore::parse() {
        Chore::Bind(arguments) => bind::run(&arguments),
        Chore::Networks(arguments) => networks::run(&arguments),
        Chore::Pack(arguments) => pack::run(&arguments),
    }
}
