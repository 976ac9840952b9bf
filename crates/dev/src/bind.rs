//! Makes the JavaScript glue and the TypeScript declarations of the compiled module.

use anyhow::{Context, anyhow};
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

#[derive(clap::Args)]
pub struct Arguments {
    /// The module as cargo built it
    module: PathBuf,
    /// The folder to write NAME.js, NAME.d.ts and `NAME_bg.wasm` to
    out: PathBuf,
    /// What to call them
    name: String,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(&arguments.module)
        .out_name(&arguments.name)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(true)
                .omit_default_module_path(true)
                .remove_producers_section(true)
                // After a trap the module's memory is not to be trusted: the add-on starts a fresh instance.
                .reset_state_function(true)
                .generate(&arguments.out)
        })
        .map_err(|error| anyhow!("{error:#}"))
        .with_context(|| format!("binding {}", arguments.module.display()))
}
