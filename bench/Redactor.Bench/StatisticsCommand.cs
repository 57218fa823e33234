using System.CommandLine;
using System.Text;
using Redactor.Scanning.Filtering;

namespace Redactor.Bench;

/// <summary><c>statistics FILE...</c>: prints what <see cref="TextStatistics"/> ships, counted in files of every kind of text that telemetry holds.</summary>
internal static class StatisticsCommand
{
    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Text of one kind each (logs, JSON, prose, code, protobuf): all weigh the same, whatever their size.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("statistics", "Counts which byte follows which and prints src/Redactor.Scanner/Filtering/TextStatistics.txt.") { files };
        command.SetAction(parsed => Console.Out.Write(Count(parsed.GetValue(files)!)));
        return command;
    }

    private static string Count(FileInfo[] files)
    {
        double[,] shares = new double[TextStatistics.Symbols, TextStatistics.Symbols];
        foreach (FileInfo file in files)
        {
            byte[] text = File.ReadAllBytes(file.FullName);
            for (int i = 1; i < text.Length; i++)
            {
                shares[TextStatistics.SymbolOf(text[i - 1]), TextStatistics.SymbolOf(text[i])] += 1.0 / text.Length / files.Length;
            }
        }

        StringBuilder lines = new();
        for (int first = 0; first < TextStatistics.Symbols; first++)
        {
            for (int second = 0; second < TextStatistics.Symbols; second++)
            {
                double level = Math.Round(-Math.Log2(shares[first, second]));
                lines.Append(TextStatistics.Digits[(int)Math.Clamp(level, 0, TextStatistics.Never)]);
            }

            lines.Append('\n');
        }

        return lines.ToString();
    }
}
