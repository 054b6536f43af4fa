// swift-tools-version:5.9
import PackageDescription

let package = Package(name: "Cart", targets: [.target(name: "Cart")])
