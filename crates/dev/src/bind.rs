//! Makes the JavaScript glue and the TypeScript declarations of the compiled module.

use anyhow::{Context, anyhow};
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

#[derive(clap::Args)]
pub struct Arguments {
    /// The module as cargo built it
    module: PathBuf,
    /// The folder to write mekiki.js, mekiki.d.ts and `mekiki_bg.wasm` to
    out: PathBuf,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    Bindgen::new()
        .input_path(&arguments.module)
        .out_name("mekiki")
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
