# Completion of pulsewire for bash; "pulsewire completion bash" prints it.
_pulsewire() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} at='' words='' index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "$at ${COMP_WORDS[index]}" in
      ' serve' | ' config' | ' pair' | ' token' | 'token create' | 'token list' | 'token change' | 'token revoke' | ' audit' | ' diagnose' | ' record' | ' completion')
        at="${at:+$at }${COMP_WORDS[index]}"
        ;;
    esac
  done
  case "$previous" in
    --port) return ;;
    --bind) return ;;
    --trusted-proxies) return ;;
    --allowed-hosts) return ;;
    --data-dir) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    --config) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --max-clients) return ;;
    --log-level) return ;;
    --log-format) return ;;
    --log-file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --replay) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --speed) return ;;
    --name) return ;;
    --scope) mapfile -t COMPREPLY < <(compgen -W 'vitals view arguments control admin' -- "$current"); return ;;
    --guest) return ;;
    --lines) return ;;
    --out) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
    --minutes) return ;;
    --scrub) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
  esac
  case "$at" in
    '') words='serve config pair token audit diagnose record completion --version --port --bind --share --share-plain-http --trusted-proxies --allowed-hosts --data-dir --config --max-clients --log-level --log-format --log-file --json --replay --speed --help' ;;
    'serve') words='--port --bind --share --share-plain-http --trusted-proxies --allowed-hosts --data-dir --config --max-clients --log-level --log-format --log-file --json --replay --speed --help' ;;
    'config') words='--port --bind --share --share-plain-http --trusted-proxies --allowed-hosts --data-dir --config --max-clients --log-level --log-format --log-file --all --json --help' ;;
    'pair') words='--data-dir --help' ;;
    'token') words='create list change revoke --help' ;;
    'token create') words='--data-dir --name --scope --guest --help' ;;
    'token list') words='--data-dir --help' ;;
    'token change') words='--data-dir --name --scope --guest --help' ;;
    'token revoke') words='--data-dir --help' ;;
    'audit') words='--data-dir --lines --json --help' ;;
    'diagnose') words='--data-dir --out --force --full --help' ;;
    'record') words='--out --minutes --scrub --help' ;;
    'completion') words='bash zsh fish --help' ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _pulsewire pulsewire
