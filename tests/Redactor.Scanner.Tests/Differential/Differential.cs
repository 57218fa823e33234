using System.Globalization;
using Redactor.Scanning.Expressions;

namespace Redactor.Scanning.Tests.Differential;

/// <summary>
/// Runs made-up expressions on made-up texts through the scanner and through another engine. <c>REDACTOR_DIFFERENTIAL_COUNT</c> says how many
/// pairs (<c>make differential</c>: a million), <c>REDACTOR_DIFFERENTIAL_SEED</c> which ones.
/// </summary>
internal static class Differential
{
    private const int DefaultCount = 10_000;
    private const int TextsPerPiece = 5;

    /// <summary>Repeats of repeats may make an automaton that outgrows its cache on a text of some hundred bytes: that one pair in so many may say so instead of what it finds.</summary>
    private const int PairsPerOverBudget = 10_000;

    internal static int Count { get; } = Number("REDACTOR_DIFFERENTIAL_COUNT") ?? DefaultCount;

    /// <summary>How many pairs may say that they take too many steps instead of what they find.</summary>
    internal static int MostOverBudget => Count / PairsPerOverBudget;

    internal static int Seed { get; } = Number("REDACTOR_DIFFERENTIAL_SEED") ?? 1;

    /// <summary>Gives the other engine for an expression; null if there is none for it.</summary>
    internal delegate Func<byte[], Match[]?>? Oracle(Piece piece, string pattern);

    /// <summary>Fails with the smallest pair found on which the scanner and <paramref name="oracle"/> differ.</summary>
    internal static void Run(Oracle oracle, bool damaged)
    {
        var random = new Random(Seed);
        var generator = new PieceGenerator(random);
        int compared = 0, found = 0, overBudget = 0;
        for (int done = 0; done < Count; done += TextsPerPiece)
        {
            Piece piece = generator.Next();
            byte[][] texts = [.. Enumerable.Range(0, TextsPerPiece).Select(_ => generator.Text(piece, 8))];
            texts = damaged ? [.. texts.Select(generator.Damage)] : texts;
            if (oracle(piece, Re2Writer.Write(piece)) is not { } other)
            {
                continue;
            }

            Scanner[] scanners = Scanners(Re2Writer.Write(piece));
            foreach (byte[] text in texts)
            {
                if (other(text) is not { } expected)
                {
                    continue;
                }

                Finding[]?[] ours = [.. scanners.Select(s => Ours(s, text))];
                if (ours.Any(findings => Differs(findings, expected)))
                {
                    Assert.Fail(new Shrinker(oracle).Describe(piece, text));
                }

                compared++;
                found += expected.Length > 0 ? 1 : 0;
                overBudget += ours.Contains(null) ? 1 : 0;
            }
        }

        // Engines that always agree because nothing is ever compared, or nothing ever matches, prove nothing.
        Assert.True(compared > Count / 4 && found > compared / 4, $"only {compared} pairs were compared, only {found} had a match");
        Assert.True(overBudget <= MostOverBudget, $"{overBudget} pairs took more steps than a unit may cost");
    }

    /// <summary>The scanner without a filter, and with one where the expression has atoms.</summary>
    internal static Scanner[] Scanners(string pattern)
    {
        ScanRule[] rules = [new() { Id = "r", Pattern = pattern }];
        var bare = Scanner.Compile(rules, new ScannerOptions { Engine = FilterEngine.None });
        return Scanner.Validate(rules[0]) is null ? [bare, Scanner.Compile(rules)] : [bare];
    }

    /// <summary>What the scanner would mask; null if it takes more steps than a unit may cost, for then all of it is masked.</summary>
    internal static Finding[]? Ours(Scanner scanner, byte[] text)
    {
        var findings = new FindingList();
        return scanner.Scan(text, findings) == ScanStatus.Complete ? findings.Items.ToArray() : null;
    }

    /// <summary>Whether another engine would mask other bytes than the scanner, if that has an answer.</summary>
    internal static bool Differs(Finding[]? ours, Match[] expected) =>
        ours is not null && !ours.SequenceEqual(expected.Select(m => new Finding(0, m.ValueStart, m.ValueEnd - m.ValueStart)).OrderBy(f => f.Start));

    internal static Func<byte[], Match[]?> Naive(string pattern)
    {
        Node tree = ExpressionParser.Parse(pattern);
        return text => new NodeMatcher(tree, text).FindAll();
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
