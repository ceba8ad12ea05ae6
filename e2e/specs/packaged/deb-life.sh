# Installs a deb with dpkg, uses it, and removes it again, on this machine's own system of which nothing is changed: what is
# written goes to an overlay in memory, in a mount namespace that ends with this script.
#   unshare --mount sh deb-life.sh FOLDER DEB
# Prints what was found as lines of "name: value".
set -eu
folder=$1
deb=$2

mount --make-rprivate /
mount -t tmpfs tmpfs "$folder"
mkdir "$folder/changed" "$folder/work" "$folder/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/changed,workdir=$folder/work" "$folder/root"
mount -t proc proc "$folder/root/proc"
mount --rbind /dev "$folder/root/dev"
mkdir "$folder/root/machine" "$folder/root/home/kept"
cp "$deb" "$folder/root/package.deb"
# Not chroot: whoever is in one may make no user namespaces, and the package would take the machine for one that has none.
cd "$folder/root"
pivot_root . machine
changes=/machine$folder/changed
chown 65534:65534 /home/kept
# The index of all manuals of the machine is no matter of ours, and takes seconds each time.
rm -f /var/lib/man-db/auto-update

as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups env -i PATH=/usr/bin:/bin HOME=/home/kept "$@"; }
# Files that were changed or made, without what dpkg and its triggers write down for themselves.
changed() {
  find "$changes" ! -type d -printf '/%P\n' | grep -vE \
    '^/(package\.deb|home/kept/.*|var/(lib/dpkg|lib/man-db|log|cache)/.*|etc/ld\.so\.cache|usr/share/(applications|mime|icons/hicolor)/[^/]*cache)$' || true
}

dpkg --force-unsafe-io --install /package.deb >&2
echo "version: $(as_nobody pulsewire --version)"
echo "sandbox helper: $(stat -c '%a %U' /opt/Pulsewire/chrome-sandbox)"
echo "desktop entry: $(desktop-file-validate /usr/share/applications/pulsewire.desktop 2>&1)"
echo "metadata: $(appstreamcli validate --no-net /usr/share/metainfo/io.github.pulsewire.pulsewire.metainfo.xml | tail -1)"
echo "handler: $(grep -c '^x-scheme-handler/pulsewire=pulsewire.desktop;' /usr/share/applications/mimeinfo.cache || true)"
echo "manual: $(man -w pulsewire)"
as_nobody pulsewire token create --name kept --scope view >/dev/null

dpkg --remove pulsewire >&2
echo "after removal: $(changed | tr '\n' ' ')"
dpkg --purge pulsewire >&2
echo "after purge: $(changed | tr '\n' ' ')"
echo "kept tokens: $(find /home/kept -path '*tokens*' -type f | wc -l)"
