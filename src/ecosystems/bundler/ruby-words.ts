import { words } from '../../effects/words.ts'

/** Methods that read files, run commands, or call what a string names. Everything else works on values. */
export const UNSAFE_WORDS: ReadonlySet<string> = new Set(
  words(`
  \` system exec spawn fork open load require require_relative autoload eval instance_eval class_eval module_eval
  instance_exec class_exec module_exec binding send __send__ public_send method instance_method define_method
  method_missing syscall test readline readlines gets const_get const_missing constantize set_trace_func plugin
  eval_gemfile gemspec path $LOAD_PATH $: $0 $PROGRAM_NAME $stdin ARGF popen read binread each_line
  glob children entries exist? file? directory? instance_variable_get ObjectSpace to_proc sh rake trap at_exit
  read_binary read_file load_gemspec load_yaml load_file refine prepend include extend alias_method undef remove_const
`),
)

/** Constants whose methods touch no files. */
export const SAFE_CONSTANTS: ReadonlySet<string> = new Set(
  words(`
  ENV RUBY_VERSION RUBY_ENGINE RUBY_ENGINE_VERSION RUBY_PLATFORM RUBY_PATCHLEVEL RUBY_DESCRIPTION Gem Version
  Requirement Platform Specification Dependency RbConfig CONFIG Bundler VERSION Integer Float String Array Hash Set
  Symbol Regexp Time Date NilClass TrueClass FalseClass Comparable Enumerable StandardError ArgumentError
  KeyError RuntimeError LoadError
`),
)

/** Libraries of Ruby that only define values and functions on them. */
export const SAFE_LIBRARIES: ReadonlySet<string> = new Set(
  words('rbconfig date set time English rubygems bundler forwardable'),
)
