# Runs ChromeDriver until standard input ends, then ends every browser it started and removes their profile.
#
#   sh browser.sh CHROMEDRIVER
#
# Prints "profile FOLDER", and then what ChromeDriver says, its port among it. Called by browser.rs.
# ChromeDriver that is killed leaves its browsers running, so all of them are one process group, which ends here.
set -eu
exec 2>&1
# Ctrl-C is for the tests; when they are gone, our standard input ends.
trap '' INT HUP

profile=$(mktemp -d "${TMPDIR:-/tmp}/ocop-browser.XXXXXX")
echo "profile $profile"
# Its temporary files go into the profile, to be removed with it.
TMPDIR=$profile setsid "$1" --port=0 --log-level=SEVERE </dev/null &
group=$!

cat >/dev/null
kill -s KILL -- "-$group" 2>/dev/null || true
# The last of them may still be writing while they end.
for _ in 1 2 3 4 5; do
    ! rm -rf "$profile" 2>/dev/null || break
done
