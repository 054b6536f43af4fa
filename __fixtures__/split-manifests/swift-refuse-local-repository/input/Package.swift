// swift-tools-version:5.9
import PackageDescription

let package = Package(
    name: "shop",
    dependencies: [
        .package(url: "../repositories/billing", from: "1.0.0"),
    ],
    targets: [
        .executableTarget(name: "App"),
    ]
)
