using System.CommandLine;
using BenchmarkDotNet.Running;

namespace Redactor.Bench.Suites;

/// <summary><c>suites [-- ARGUMENT...]</c>: the BenchmarkDotNet suites; without arguments all of them.</summary>
internal static class SuitesCommand
{
    internal static Command Create()
    {
        var arguments = new Argument<string[]>("ARGUMENT") { Description = "BenchmarkDotNet's own arguments, such as --filter '*Short*' --job short.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("suites", "Runs the BenchmarkDotNet suites.") { arguments };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed =>
        {
            string[] given = [.. parsed.GetValue(arguments)!, .. parsed.UnmatchedTokens];
            BenchmarkSwitcher.FromAssembly(typeof(SuitesCommand).Assembly).Run(given.Length == 0 ? ["--filter", "*", "--inProcess"] : given);
        });
        return command;
    }
}
