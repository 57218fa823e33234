using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text;
using Redactor.Scanning.Filtering;

namespace Redactor.Bench;

/// <summary><c>common-texts FILE...</c>: prints what <see cref="CommonTexts"/> ships, counted in files of every kind of text that telemetry holds.</summary>
internal static class CommonTextsCommand
{
    /// <summary>What fewer kinds of text have is a habit of theirs, not of text.</summary>
    private const int LeastFiles = 3;

    /// <summary>What single bytes and pairs foretell within this factor needs no line.</summary>
    private const double Foretold = 4;

    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Text of one kind each (logs, JSON, prose, code, protobuf), three at least: all weigh the same, whatever their size.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("common-texts", "Counts which texts of four and six bytes are seen most and prints src/Redactor.Scanner/Filtering/CommonTexts.txt.") { files };
        command.SetAction(parsed => Console.Out.Write(Print(parsed.GetValue(files)!)));
        return command;
    }

    private static string Print(FileInfo[] files)
    {
        StringBuilder lines = new();
        foreach (int length in (int[])[Window.Short, Window.Long])
        {
            Dictionary<ulong, (int Files, double Share)> all = [];
            foreach (FileInfo file in files)
            {
                foreach ((ulong text, double share) in Count(File.ReadAllBytes(file.FullName), length))
                {
                    ref (int Files, double Share) sum = ref CollectionsMarshal.GetValueRefOrAddDefault(all, text, out _);
                    sum = (sum.Files + 1, sum.Share + (share / files.Length));
                }
            }

            foreach ((ulong text, (_, double share)) in all.Where(t => t.Value.Files >= LeastFiles && t.Value.Share >= CommonTexts.Least && t.Value.Share > Foretold * ByPairs(t.Key, length)).OrderBy(t => CommonTexts.Print(t.Key, length), StringComparer.Ordinal))
            {
                lines.Append(CommonTexts.Print(text, length)).Append(TextStatistics.Digits[(int)Math.Round(-Math.Log2(share))]).Append('\n');
            }
        }

        return lines.ToString();
    }

    /// <summary>The share of the positions of one file at which each text stands.</summary>
    private static Dictionary<ulong, double> Count(byte[] text, int length)
    {
        Dictionary<ulong, double> shares = [];
        for (int i = 0; i + length <= text.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(shares, CommonTexts.KeyOf(text.AsSpan(i, length)), out _) += 1.0 / text.Length;
        }

        return shares;
    }

    private static float ByPairs(ulong text, int length) =>
        TextStatistics.Share([.. Enumerable.Range(0, length).Select(i => CommonTexts.BothCases((byte)(text >> (8 * i))))]);
}
