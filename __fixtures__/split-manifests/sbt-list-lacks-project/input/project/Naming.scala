object Naming {
  def of(name: String): String = name.toUpperCase
}
