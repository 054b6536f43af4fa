# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(elixir:1.14 elixir:1.14-slim erlang:25 erlang:25-slim)
NEEDS=(debian)

# Elixir, Erlang and rebar3 of Debian. Dependencies are git repositories of our own in a folder of the image, to which
# git is led from the addresses that people write, so that nothing is downloaded.
make() {
  write_repositories >"$WORK/make-repositories"
  build_image "$1" make-repositories <<'END'
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends elixir rebar3 erlang-dev git && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
ENV LANG=C.UTF-8
COPY make-repositories /usr/local/bin/make-repositories
RUN sh /usr/local/bin/make-repositories /opt/registry && rm /usr/local/bin/make-repositories && \
  git config --system url.file:///opt/registry/.insteadOf https://github.com/example/ && elixir --version
CMD ["iex"]
END
}

# make-repositories DIRECTORY: `greeting` for Mix and `salute` for rebar3, each with the tag v1.0.0.
write_repositories() {
  cat <<'END'
set -e
export GIT_AUTHOR_DATE='2024-01-02T03:04:06Z' GIT_COMMITTER_DATE='2024-01-02T03:04:06Z'
repository() {
  mkdir -p "$1" && cd "$1"
  git init -q -b main
}
commit() {
  git add -A
  git -c user.name=dockerfix -c user.email=dockerfix@example.com commit -q -m 'The package.'
  git tag v1.0.0
}
repository "$1/greeting.git"
mkdir lib
cat >mix.exs <<'EX'
defmodule Greeting.MixProject do
  use Mix.Project

  def project, do: [app: :greeting, version: "1.0.0"]
end
EX
cat >lib/greeting.ex <<'EX'
defmodule Greeting do
  @word Application.compile_env(:greeting, :word, "hello")
  def word, do: @word
end
EX
commit
repository "$1/salute.git"
mkdir src
cat >rebar.config <<'ERL'
{erl_opts, [deterministic]}.
ERL
cat >src/salute.app.src <<'ERL'
{application, salute, [{description, "A salute."}, {vsn, "1.0.0"}, {applications, [kernel, stdlib]}]}.
ERL
cat >src/salute.erl <<'ERL'
-module(salute).
-export([word/0]).
word() -> hello.
ERL
commit
END
}
