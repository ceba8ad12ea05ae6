#compdef pulsewire
# Completion of pulsewire for zsh; "pulsewire completion zsh" prints it.
_pulsewire() {
  local at=''
  integer index=2 last=1
  while ((index < CURRENT)); do
    case "$at $words[index]" in
      (' serve'|' config'|' pair'|' token'|'token create'|'token list'|'token change'|'token revoke'|' audit'|' diagnose'|' record'|' completion')
        at="${at:+$at }$words[index]"
        last=index
        ;;
    esac
    ((index++))
  done
  # What follows the command is completed as if it followed the program.
  if ((last > 1)); then
    words=("$words[1]" "${(@)words[last+1,-1]}")
    ((CURRENT -= last - 1))
  fi
  case "$at" in
    ('')
      _arguments \
        '--version[print the version]' \
        '--port[port to listen on; 0\: any (default\: 9740, or the next that is free) (or PULSEWIRE_PORT)]:port: ' \
        '--bind[address to listen on; one of the LAN means sharing on it (or PULSEWIRE_BIND)]:bind: ' \
        '--share[share on the LAN, over TLS (or PULSEWIRE_SHARE)]' \
        '--share-plain-http[share on the LAN, without TLS too, where viewers may only look (or PULSEWIRE_SHARE_PLAIN_HTTP)]' \
        '--trusted-proxies[reverse proxies that are believed for whom they ask, as 127.0.0.1,10.0.0.0/8 (or PULSEWIRE_TRUSTED_PROXIES)]:trusted-proxies: ' \
        '--allowed-hosts[names by which a reverse proxy answers for this host, separated by commas (or PULSEWIRE_ALLOWED_HOSTS)]:allowed-hosts: ' \
        '--data-dir[folder for all state (or PULSEWIRE_DATA_DIR)]:data-dir:_files -/' \
        '--config[config file (default\: config.json where state is kept) (or PULSEWIRE_CONFIG)]:config:_files' \
        '--max-clients[how many clients are served at once (or PULSEWIRE_MAX_CLIENTS)]:max-clients: ' \
        '--log-level[the least that is logged\: error, warning or info (or PULSEWIRE_LOG_LEVEL)]:log-level: ' \
        '--log-format[text or json (default\: text; json where the journal reads) (or PULSEWIRE_LOG_FORMAT)]:log-format: ' \
        '--log-file[file to log into beside standard error, rotated by size (or PULSEWIRE_LOG_FILE)]:log-file:_files' \
        '--json[print one line of JSON once it listens, and nothing else]' \
        '--replay[serve a recording of "record" in place of this machine]:replay:_files' \
        '--speed[of the replay\: so many recorded seconds in one]:speed: ' \
        '--help[print help]' \
        '1:command:((serve\:"Serve, without a window, until it is stopped." config\:"Check the settings that serve would have, and print each with where it comes from." pair\:"Open a new pairing code at the host that runs on the data folder, and print it." token\:"Make, list, change and revoke tokens." audit\:"Print who was let in, what was done, and by whom\: the newest lines of the audit log." diagnose\:"Write a file about how Pulsewire does, to be read and attached to a report of a defect." record\:"Record what is read of this machine into a file, for --replay." completion\:"Print what has a shell complete the command line."))'
      ;;
    ('serve')
      _arguments \
        '--port[port to listen on; 0\: any (default\: 9740, or the next that is free) (or PULSEWIRE_PORT)]:port: ' \
        '--bind[address to listen on; one of the LAN means sharing on it (or PULSEWIRE_BIND)]:bind: ' \
        '--share[share on the LAN, over TLS (or PULSEWIRE_SHARE)]' \
        '--share-plain-http[share on the LAN, without TLS too, where viewers may only look (or PULSEWIRE_SHARE_PLAIN_HTTP)]' \
        '--trusted-proxies[reverse proxies that are believed for whom they ask, as 127.0.0.1,10.0.0.0/8 (or PULSEWIRE_TRUSTED_PROXIES)]:trusted-proxies: ' \
        '--allowed-hosts[names by which a reverse proxy answers for this host, separated by commas (or PULSEWIRE_ALLOWED_HOSTS)]:allowed-hosts: ' \
        '--data-dir[folder for all state (or PULSEWIRE_DATA_DIR)]:data-dir:_files -/' \
        '--config[config file (default\: config.json where state is kept) (or PULSEWIRE_CONFIG)]:config:_files' \
        '--max-clients[how many clients are served at once (or PULSEWIRE_MAX_CLIENTS)]:max-clients: ' \
        '--log-level[the least that is logged\: error, warning or info (or PULSEWIRE_LOG_LEVEL)]:log-level: ' \
        '--log-format[text or json (default\: text; json where the journal reads) (or PULSEWIRE_LOG_FORMAT)]:log-format: ' \
        '--log-file[file to log into beside standard error, rotated by size (or PULSEWIRE_LOG_FILE)]:log-file:_files' \
        '--json[print one line of JSON once it listens, and nothing else]' \
        '--replay[serve a recording of "record" in place of this machine]:replay:_files' \
        '--speed[of the replay\: so many recorded seconds in one]:speed: ' \
        '--help[print help]'
      ;;
    ('config')
      _arguments \
        '--port[port to listen on; 0\: any (default\: 9740, or the next that is free) (or PULSEWIRE_PORT)]:port: ' \
        '--bind[address to listen on; one of the LAN means sharing on it (or PULSEWIRE_BIND)]:bind: ' \
        '--share[share on the LAN, over TLS (or PULSEWIRE_SHARE)]' \
        '--share-plain-http[share on the LAN, without TLS too, where viewers may only look (or PULSEWIRE_SHARE_PLAIN_HTTP)]' \
        '--trusted-proxies[reverse proxies that are believed for whom they ask, as 127.0.0.1,10.0.0.0/8 (or PULSEWIRE_TRUSTED_PROXIES)]:trusted-proxies: ' \
        '--allowed-hosts[names by which a reverse proxy answers for this host, separated by commas (or PULSEWIRE_ALLOWED_HOSTS)]:allowed-hosts: ' \
        '--data-dir[folder for all state (or PULSEWIRE_DATA_DIR)]:data-dir:_files -/' \
        '--config[config file (default\: config.json where state is kept) (or PULSEWIRE_CONFIG)]:config:_files' \
        '--max-clients[how many clients are served at once (or PULSEWIRE_MAX_CLIENTS)]:max-clients: ' \
        '--log-level[the least that is logged\: error, warning or info (or PULSEWIRE_LOG_LEVEL)]:log-level: ' \
        '--log-format[text or json (default\: text; json where the journal reads) (or PULSEWIRE_LOG_FORMAT)]:log-format: ' \
        '--log-file[file to log into beside standard error, rotated by size (or PULSEWIRE_LOG_FILE)]:log-file:_files' \
        '--all[with those that are left as they are by default]' \
        '--json[as JSON]' \
        '--help[print help]'
      ;;
    ('pair')
      _arguments \
        '--data-dir[folder for all state]:data-dir:_files -/' \
        '--help[print help]'
      ;;
    ('token')
      _arguments \
        '--help[print help]' \
        '1:command:((create\:"print a new token, which is shown this once" list\:"list tokens\: id, scope, made, last used, ends, name" change\:"rename a token, or change what it allows or for how long" revoke\:"end a token, and its connections"))'
      ;;
    ('token create')
      _arguments \
        '--data-dir[folder for all state]:data-dir:_files -/' \
        '--name[whose it is]:name: ' \
        '--scope[what it allows]:scope:(vitals view arguments control admin)' \
        '--guest[for a while only, as 30m or 2h; a day at most]:guest: ' \
        '--help[print help]'
      ;;
    ('token list')
      _arguments \
        '--data-dir[folder for all state]:data-dir:_files -/' \
        '--help[print help]'
      ;;
    ('token change')
      _arguments \
        '--data-dir[folder for all state]:data-dir:_files -/' \
        '--name[whose it is]:name: ' \
        '--scope[what it allows]:scope:(vitals view arguments control admin)' \
        '--guest[for a while only from now on, as 30m or 2h; off\: no longer]:guest: ' \
        '--help[print help]' \
        '1:argument: '
      ;;
    ('token revoke')
      _arguments \
        '--data-dir[folder for all state]:data-dir:_files -/' \
        '--help[print help]' \
        '1:argument: '
      ;;
    ('audit')
      _arguments \
        '--data-dir[folder for all state]:data-dir:_files -/' \
        '--lines[how many]:lines: ' \
        '--json[as they are in the file, a JSON object each]' \
        '--help[print help]'
      ;;
    ('diagnose')
      _arguments \
        '--data-dir[folder for all state]:data-dir:_files -/' \
        '--out[file to write; - prints it (default\: a new one in this folder)]:out:_files' \
        '--force[replace a file that is there]' \
        '--full[with the names of hosts, devices and networks, addresses and paths]' \
        '--help[print help]'
      ;;
    ('record')
      _arguments \
        '--out[file to write]:out:_files' \
        '--minutes[for how long]:minutes: ' \
        '--scrub[names to keep and what they become; all others are left out]:scrub:_files' \
        '--help[print help]'
      ;;
    ('completion')
      _arguments \
        '--help[print help]' \
        '1:argument:(bash zsh fish)'
      ;;
  esac
}
if [[ "$funcstack[1]" == _pulsewire ]]; then _pulsewire "$@"; else compdef _pulsewire pulsewire; fi
