using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary><c>redactor explain [TEXT|-] [--config FILE] [--rules GLOB] [--profile P]</c>: why a text is masked or not. Exit 0, or 2 if the text or the rules can't be read.</summary>
internal static class ExplainCommand
{
    /// <summary>Greatest length of the text in bytes: 64 KiB. Every rule is run by itself, and nobody reads what more would give.</summary>
    private const int MaxTextLength = 64 * 1024;

    public static Command Create()
    {
        var text = new Argument<string[]>("TEXT") { Description = "The text; - or nothing for standard input.", Arity = ArgumentArity.ZeroOrMore, Validators = { RefuseSeveral } };
        var command = new Command("explain", "Tell which rules look at a text, what each decides and why; what is secret is masked.") { text };
        var rules = new RuleOptions(command);
        command.SetAction(async (parsed, cancellation) =>
            await rules.LoadAsync(parsed) is { } loaded ? await RunAsync(parsed.GetValue(text) is [var one] ? one : "-", loaded, cancellation) : CommandLine.Failed);
        return command;
    }

    /// <summary>A text without quotes around it comes as several: the parser's own answer would quote them.</summary>
    private static void RefuseSeveral(ArgumentResult text)
    {
        if (text.Tokens.Count > 1)
        {
            text.AddError("TEXT is one argument; put it in quotes");
        }
    }

    private static async Task<int> RunAsync(string argument, RuleSet rules, CancellationToken cancellation)
    {
        byte[] text = argument == "-" ? await ReadStandardInputAsync(cancellation) : Encoding.UTF8.GetBytes(argument);
        if (text.Length > MaxTextLength)
        {
            await Console.Error.WriteLineAsync($"redactor: explain takes at most {MaxTextLength / 1024} KiB; give it the lines in question");
            return CommandLine.Failed;
        }

        await Console.Out.WriteAsync(ExplainText.Write(text, rules));
        return 0;
    }

    /// <summary>Reads one byte more than allowed, to know that there is more.</summary>
    private static async Task<byte[]> ReadStandardInputAsync(CancellationToken cancellation)
    {
        byte[] text = new byte[MaxTextLength + 1];
        await using var input = Console.OpenStandardInput();
        int length = await input.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation);
        return text[..length];
    }
}
