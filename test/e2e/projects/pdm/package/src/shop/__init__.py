import click


def main():
    click.echo("shop")
