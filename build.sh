#!/usr/bin/env bash
# Builds, shows, tests, checks and measures Mekiki. One file, no options to remember: see --help.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    cat <<'TEXT'
usage: ./build.sh [COMMAND]

  (none)   build the add-on: dist/mekiki-<version>.xpi, and the same unpacked in dist/mekiki/
  demo     build, then open a real Thunderbird in a throw-away profile on sample mails
           (without a display: under Xvfb, leaving screenshots)
  pictures take the pictures of the documentation in a real Thunderbird
  test     pass every test: Rust, the add-on's modules under Node, real Thunderbird
  fuzz     look for messages that break the core, for so many seconds (600)
  lint     formatting, clippy, types, JavaScript, licences, and the add-on store's own linter
  bench    measure speed and sizes
  costs    measure messages that are much of one thing, of so many megabytes (0.1 1 5)

What is missing on a Debian or Ubuntu machine is installed; without the rights to, the command
stops and says what to run.
TEXT
}

say() { printf '\033[1m== %s\033[0m\n' "$*" >&2; }
stop() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# --- What the machine must have -------------------------------------------------------------------

# packages NAME...: Debian packages, installed where missing.
packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done
    ((${#missing[@]})) || return 0
    command -v apt-get >/dev/null || stop "please install what Debian calls: ${missing[*]}"
    local as_root=()
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || stop "please run: sudo apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -qq -y --no-install-recommends "${missing[@]}" >&2
}

rust_tools() {
    command -v cc >/dev/null || packages build-essential
    if ! command -v cargo >/dev/null; then
        apt-cache show rustup >/dev/null 2>&1 || stop "please install Rust from https://rustup.rs, then run this again"
        packages rustup
    fi
    command -v rustup >/dev/null || return 0
    local channel
    channel=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
    if ! rustup target list --installed --toolchain "$channel" 2>/dev/null | grep -qx wasm32-unknown-unknown; then
        say "installing Rust $channel for WebAssembly"
        rustup toolchain install "$channel" --profile minimal --component clippy --component rustfmt \
            --target wasm32-unknown-unknown --no-self-update >&2
    fi
}

node_tools() {
    command -v npm >/dev/null || packages nodejs npm
    if [[ ! -e node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
        say "installing the tools of package-lock.json"
        npm ci --no-audit --no-fund --loglevel=error >&2
        touch node_modules/.package-lock.json
    fi
}

thunderbird_tools() {
    packages thunderbird xvfb fonts-noto-cjk dovecot-imapd dovecot-pop3d openssl unbound python3 python3-venv
    local wanted=tests/thunderbird/requirements.txt
    if [[ ! -e .venv/installed || $wanted -nt .venv/installed ]]; then
        say "installing the tools of $wanted"
        python3 -m venv .venv
        .venv/bin/pip install -q --disable-pip-version-check -r "$wanted" >&2
        touch .venv/installed
    fi
    # The other release that is supported, and the Japanese language packs: unpacked below target/, not installed.
    .venv/bin/python tests/thunderbird/releases.py fetch
}

# --- Building -------------------------------------------------------------------------------------

version() { sed -n '/^\[workspace.package\]/,/^\[/s/^version = "\(.*\)"/\1/p' Cargo.toml; }

# module CRATE NAME: the module of a crate, as target/core/NAME.js and NAME_bg.wasm. Each is built by itself: what another
# crate asks of a library makes it no larger. The same bytes on any machine: no path of this one is compiled in.
module() {
    RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$PWD=/mekiki" \
        cargo build -q --locked --profile wasm --target wasm32-unknown-unknown -p "$1"
    local built=target/wasm32-unknown-unknown/wasm/${1//-/_}.wasm made=target/core/$2_bg.wasm
    if [[ $made -nt $built && $made -nt Cargo.lock && $made -nt package-lock.json ]]; then
        return
    fi
    say "binding and shrinking the module $2"
    cargo run -q --locked -p mekiki-dev -- bind "$built" target/bound "$2"
    mkdir -p target/core
    cp "target/bound/$2.js" "target/bound/$2.d.ts" target/core/
    node_modules/.bin/wasm-opt -O3 --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
        --enable-mutable-globals --enable-reference-types --enable-multivalue \
        "target/bound/$2_bg.wasm" -o "$made"
}

build() {
    rust_tools
    node_tools
    local version
    version=$(version)
    grep -q "\"version\": \"$version\"" manifest.json || stop "manifest.json and Cargo.toml ($version) disagree on the version"
    say "building Mekiki $version"
    module mekiki-wasm mekiki
    module mekiki-inside-wasm inside
    module mekiki-proof-wasm proof
    # Packed by allow-list: what is not named here is not in the add-on.
    rm -rf dist/mekiki
    mkdir -p dist/mekiki/core
    cp manifest.json LICENSE dist/mekiki/
    cp -R extension/_locales extension/background extension/banner extension/options extension/popup extension/report extension/scan extension/shared extension/welcome extension/icons dist/mekiki/
    cp target/core/{mekiki,inside,proof}.js target/core/{mekiki,inside,proof}_bg.wasm dist/mekiki/core/
    cargo run -q --locked -p mekiki-dev -- pack dist/mekiki "dist/mekiki-$version.xpi"
    say "dist/mekiki-$version.xpi ($(($(stat -c %s "dist/mekiki-$version.xpi") / 1024)) KiB)"
}

# --- Commands -------------------------------------------------------------------------------------

demo() {
    build
    thunderbird_tools
    .venv/bin/python tests/thunderbird/demo.py "dist/mekiki-$(version).xpi"
}

pictures() {
    build
    thunderbird_tools
    .venv/bin/python tests/thunderbird/pictures.py "dist/mekiki-$(version).xpi" "$@"
}

test_all() {
    build
    say "Rust"
    cargo test -q --locked --workspace
    say "the add-on's modules"
    npm test --silent
    thunderbird_tools
    say "real Thunderbird"
    # A process for each of the two releases.
    .venv/bin/python -m pytest -q -n 2 --dist loadgroup tests/thunderbird --xpi "dist/mekiki-$(version).xpi"
}

lint() {
    build
    say "Rust"
    cargo fmt --all --check
    cargo clippy -q --locked --workspace --all-targets -- -D warnings
    cargo run -q --locked -p mekiki-dev -- licences
    cargo run -q --locked -p mekiki-dev -- catalogue --check
    cargo run -q --locked -p mekiki-dev -- unread
    say "JavaScript"
    npm run --silent lint
    say "the add-on"
    node tests/extension/store-lint.mjs "dist/mekiki-$(version).xpi"
}

# Guided by what it reaches in the code. The flags are what cargo-fuzz gives, all of them stable; that tool itself asks
# for a nightly compiler.
fuzz() {
    local seconds=${1-600} triple
    rust_tools
    command -v c++ >/dev/null || packages build-essential
    triple=$(rustc -vV | sed -n 's/^host: //p')
    RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 -Cdebug-assertions -Cpasses=sancov-module \
        -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
        -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares" \
        cargo build -q --locked --release --config profile.release.lto=false --target "$triple" \
        --target-dir target/fuzz -p mekiki-tests --features fuzz --bin fuzz
    mkdir -p target/fuzz/seeds target/fuzz/reached target/fuzz/found
    find tests/messages tests/collections -name '*.eml' | while read -r message; do
        cp "$message" "target/fuzz/seeds/${message//\//-}"
    done
    say "looking for $seconds seconds"
    "target/fuzz/$triple/release/fuzz" target/fuzz/reached target/fuzz/seeds -artifact_prefix=target/fuzz/found/ \
        -max_total_time="$seconds" -timeout=10 -max_len=60000 -rss_limit_mb=1500 -print_final_stats=1
}

bench() {
    build
    say "whole messages"
    node tests/extension/speed.mjs
    say "parts"
    cargo bench --locked -p mekiki-knowledge -p mekiki-proof
    node tests/extension/speed-proof.mjs
    say "sizes"
    cargo run -q --locked -p mekiki-dev -- sizes target/core/{mekiki,inside,proof}_bg.wasm "dist/mekiki-$(version).xpi" \
        --data crates/knowledge/data/networks.bin crates/knowledge/data/brands
}

costs() {
    build
    node tests/extension/costs.mjs "$@"
}

case ${1-build} in
    build) build ;;
    demo) demo ;;
    pictures) pictures "${@:2}" ;;
    test) test_all ;;
    lint) lint ;;
    bench) bench ;;
    costs) costs "${@:2}" ;;
    fuzz) fuzz "${@:2}" ;;
    -h | --help | help) usage ;;
    *) usage >&2; exit 2 ;;
esac
