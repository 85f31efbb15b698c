#!/usr/bin/env bash
# Keeps one issue that lists which reviews are due and what law changed, and closes it when nothing is.
# Needs gh with its token, and the guide set up. Only issues with our label that this workflow opened are touched.
set -euo pipefail
cd "$(dirname "$0")/.."

label="guide reminder"
guide=${GUIDE:-.venv/bin/guide}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs the guide, its Markdown into a file; prints its exit status if that is one of those expected, else ends.
# The statuses are those of docs/help/reviews.md: 0 fine, 3 due, 4 law changed, 5 law not asked.
told() {
  local into=$1 expected=$2 status=0
  shift 2
  "$guide" "$@" --format markdown >"$work/$into" || status=$?
  case " $expected " in
    *" $status "*) echo "$status" ;;
    *) cat "$work/$into" >&2; echo "guide $* ended with $status: fix that first." >&2; exit 1 ;;
  esac
}

headline() { sed -n '1s/^## //p' "$work/$1"; }

reviews=$(told reviews "0 3" reviews --fail-on due-soon)
law=$(told law "0 4 5" law check)

title="$(headline reviews). $(headline law)"
# An issue holds 65,536 characters; whole lines are kept up to a little less.
{ cat "$work/reviews"; echo; cat "$work/law"; } |
  LC_ALL=C awk '{ size += length($0) + 1 } size > 60000 { if (!cut++) print "\n…and more."; next } { print }' >"$work/body"
echo >>"$work/body"
echo "_Written by the workflow “Reminders”, which brings this up to date every week and closes it when nothing is due._" >>"$work/body"

open=$(gh issue list --state open --label "$label" --app github-actions --limit 100 \
  --json number,title --jq 'sort_by(.number)[0] // empty | "\(.number)\t\(.title)"')
number=${open%%$'\t'*}
was=${open#*$'\t'}

[ "$law" != 5 ] || echo "::warning title=The law could not be asked::$(headline law)"

if [ "$reviews" = 0 ] && [ "$law" = 0 ]; then
  if [ -n "$number" ]; then
    gh issue close "$number" --reason completed --comment "Nothing is due any more, and no law has changed where the guide relies on it."
  fi
  echo "Nothing is due."
elif [ "$law" = 5 ] && [ -n "$number" ]; then
  # What was found last time stays: silence is not an answer.
  { echo "This week the law could not be asked, so the list above stays as it was."; echo; cat "$work/body"; } >"$work/comment"
  gh issue comment "$number" --body-file "$work/comment"
elif [ "$reviews" = 0 ] && [ "$law" = 5 ]; then
  echo "Nothing is due; the law could not be asked."
elif [ -n "$number" ]; then
  gh issue edit "$number" --title "$title" --body-file "$work/body"
  # An edit tells nobody; a comment does, but only when there is news.
  [ "$was" = "$title" ] || gh issue comment "$number" --body "The list above has changed: $title."
else
  gh label create "$label" --force --color B60205 --description "Reviews that are due and law that changed"
  gh issue create --title "$title" --label "$label" --body-file "$work/body"
fi
