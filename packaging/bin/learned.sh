# Sets $learned to the options, one a line, that let Java use what it learned in an earlier run, or learn.
# A window and a sandbox learn in their first run and write it down when they end; a command writes down
# less, which takes it a moment once. It is kept for each person and for this JDK and release, and may be
# deleted at any time. SLIPWAY_LEARN=off goes without. Sourced by the launcher.

kind_of() { # ARGS: prints window, sandbox, the name of another command, or nothing for help
  kind=window
  for word in "$@"; do
    case $kind:$word in
      *:--help | *:-h | *:--version | *:-V | window:help) kind= ;;
      window:sandbox | window:connect | window:previews | window:production | window:health | window:logs | \
        window:lock | window:rehearse | window:promote | window:repair | window:rollback | window:look | \
        window:rescue | window:drill | window:heal | window:hold | window:unhold | window:operations | \
        window:pause | window:resume | window:screens) kind=$word ;;
      sandbox:faults) kind=faults ;;
    esac
  done
  printf '%s' "$kind"
}

own_folder() { # prints the person's cache folder for Slipway, which is made; nothing where there can be none
  case $(uname -s) in
    Darwin) caches=${HOME:+$HOME/Library/Caches} ;;
    *) caches=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}} ;;
  esac
  [ -n "$caches" ] || return 0
  (umask 077 && mkdir -p "$caches/slipway") 2>/dev/null || return 0
  if [ -w "$caches/slipway" ]; then printf '%s' "$caches/slipway"; fi
}

# A run that ended wrote FILE.PID; one that was cut wrote no beginning, or left FILE.PID.config.
take_over() { # FILE: gives the newest whole one its name
  for part in "$1".*; do
    [ -f "$part" ] || continue
    writer=${part%.config}
    writer=${writer##*.}
    case $writer in *[!0-9]*) continue ;; esac
    if kill -0 "$writer" 2>/dev/null; then continue; fi
    case $part in *.config) rm -f "$part" && continue ;; esac
    case $(od -An -N4 -tx4 "$part" 2>/dev/null) in
      '' | *' 00000000'*) rm -f "$part" ;;
      *) mv -f "$part" "$1" ;;
    esac
  done
}

find_learned() { # LIB ARGS
  learned=
  files=$1
  shift
  kind=$(kind_of "$@")
  long=yes
  case $kind in
    sandbox) ;;
    # Compiling a second time takes as long as opening a window, which then waits for people and networks.
    window) learned="-XX:TieredStopAtLevel=1
" ;;
    # Compiling well takes longer than a command runs.
    *)
      long=
      learned="-XX:TieredStopAtLevel=1
-XX:+UseSerialGC
"
      ;;
  esac
  [ "$kind" ] || return 0
  if [ "$long" ] && [ -r "$files/slipway.aot" ]; then
    learned="$learned-XX:AOTCache=$files/slipway.aot"
    return 0
  fi
  [ "${SLIPWAY_LEARN:-on}" != off ] || return 0
  folder=$(own_folder)
  [ -n "$folder" ] || return 0
  what=$({ cat "$JAVA_HOME/release" && ls -lLn "$files" "$files/javafx"; } 2>/dev/null | cksum | tr ' ' -)
  file=$folder/$kind-$what
  if [ ! -f "$file.aot" ] && [ ! -f "$file.jsa" ]; then
    take_over "$file.aot"
    # Those of an older JDK or release.
    for old in "$folder/$kind"-*; do
      case $old in "$file".*) ;; *) rm -f "$old" ;; esac
    done
  fi
  if [ ! "$long" ]; then
    learned="$learned-XX:+AutoCreateSharedArchive
-XX:SharedArchiveFile=$file.jsa"
  elif [ -f "$file.aot" ]; then
    learned="$learned-XX:AOTCache=$file.aot"
  else
    learned="$learned-XX:AOTCacheOutput=$file.aot.$$"
  fi
}
