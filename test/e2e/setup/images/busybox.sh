# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(busybox:latest busybox:1.36 busybox:stable)

make() {
  local root="$WORK/busybox" applets applet
  mkdir -p "$root"/{bin,dev,etc,home,proc,root,sys,tmp,usr/bin,usr/sbin,sbin,var}
  chmod 1777 "$root/tmp"
  chmod 700 "$root/root"
  apt_update
  # Unpacked, not installed: the machine may have the other busybox package, and the two exclude each other.
  (
    cd "$WORK"
    "${APT_GET[@]}" -o APT::Sandbox::User=root download -qq busybox-static >&2
    dpkg-deb -x busybox-static_*.deb unpacked
  )
  install -m 755 "$(find "$WORK/unpacked" -type f -path '*/bin/busybox')" "$root/bin/busybox"
  applets="$("$root/bin/busybox" --list)"
  for applet in $applets; do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
  done
  ln -s ../../bin/env "$root/usr/bin/env"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'daemon:x:1:1:daemon:/usr/sbin:/bin/false' \
    'nobody:x:65534:65534:nobody:/home:/bin/false' >"$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'daemon:x:1:' 'nobody:x:65534:' >"$root/etc/group"
  tar -C "$root" -c . | "$DOCKER" import \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'CMD ["sh"]' - "$1" >&2
}
