// swift-tools-version:5.9
import Foundation
import PackageDescription

let package = Package(
    name: FileManager.default.fileExists(atPath: "Sources/App/main.swift") ? "shop" : "kit",
    dependencies: [
        .package(url: "https://github.com/vapor/vapor.git", from: "4.89.0"),
    ],
    targets: [
        .executableTarget(name: "App", dependencies: [.product(name: "Vapor", package: "vapor")]),
    ]
)
