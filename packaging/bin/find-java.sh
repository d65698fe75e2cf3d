# Sets JAVA_HOME to a JDK 25 or newer, or says in one sentence that there is none.
# Sourced by mvnw and by the launcher, so both agree on what they find.

java_major() { # DIR: prints the major version of the JDK in DIR, nothing when it holds none
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

find_java() {
  path_java=$(command -v java 2>/dev/null || true)
  if [ -n "$path_java" ]; then
    path_java=$(readlink -f "$path_java" 2>/dev/null || printf '%s' "$path_java")
    path_java=${path_java%/bin/java}
  fi
  for candidate in "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$path_java" \
    /usr/lib/jvm/* /opt/java/* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$candidate" ] || continue
    major=$(java_major "$candidate")
    if [ -n "$major" ] && [ "$major" -ge 25 ]; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "Slipway needs a JDK 25 or newer and found none: install Temurin 25 or set JAVA_HOME to one." >&2
  return 1
}
