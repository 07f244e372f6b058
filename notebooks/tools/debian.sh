#!/bin/bash
# The README's two commands on a fresh Debian, run by hand before a release: debian.sh [FOLDER]. It is laid into a chroot (as root;
# debootstrap has to be there), gets the packages that the README names and no others, and runs what is committed here as a user, with
# MNIST's stand-in, and then as root. EXTRA names folders that are to be seen inside too, such as one of Python packages.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ "$(id -u)" = 0 ] || { echo "a chroot needs root" >&2; exit 1; }
[ -n "${OWN_MOUNTS:-}" ] || OWN_MOUNTS=1 exec unshare -m "$0" "$@"      # what is mounted here is seen here alone

root=${1:-$PWD/target/debian}
packages=$(sed -n 's/.*`sudo apt-get install \([^`]*\)`.*/\1/p' README.md)
commands=${COMMANDS:-make test}

inside() { chroot "$root" env -u JAVA_HOME -u JAVAGRAD_DATA DEBIAN_FRONTEND=noninteractive PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

if [ ! -e "$root/etc/debian_version" ]; then
  debootstrap --variant=minbase bookworm "$root"
  cp -r /etc/apt/. "$root/etc/apt/"
  cp -r /etc/ssl/. "$root/etc/ssl/"
  for file in /etc/resolv.conf /etc/hosts /etc/pip.conf; do [ ! -e $file ] || cp $file "$root/etc/"; done
fi
mkdir -p "$root/dev/shm"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
for folder in ${EXTRA:-}; do mkdir -p "$root$folder"; mount --bind "$folder" "$root$folder"; done

inside apt-get update
inside apt-get install -y $packages
inside id reader >/dev/null 2>&1 || inside useradd -m -s /bin/sh reader

for user in reader root; do
  home=$(inside sh -c "echo ~$user")
  echo "debian: $commands, as $user"
  rm -rf "$root$home/javagrad"
  git clone -q . "$root$home/javagrad"
  inside chown -R "$user" "$home/javagrad"
  inside su "$user" -c "cd ~/javagrad && $commands"
done
echo "debian: everything passed"
