object Naming {
  def of(name: String): String = s"shop-$name"
}
