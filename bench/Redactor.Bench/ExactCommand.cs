using System.CommandLine;
using System.Globalization;
using Redactor.Scanning;
using Redactor.Scanning.Exact;

namespace Redactor.Bench;

/// <summary><c>exact FILE...</c>: what searching for many known values costs, step by step, and what comes through each.</summary>
internal static class ExactCommand
{
    private const int Runs = 9;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Files to search.", Arity = ArgumentArity.OneOrMore };
        var count = new Option<int>("--count") { Description = "How many random values of letters and digits to search for.", DefaultValueFactory = _ => 5000 };
        var shortest = new Option<int>("--shortest") { Description = "Length of the shortest value in bytes.", DefaultValueFactory = _ => 16 };
        var longest = new Option<int>("--longest") { Description = "Length of the longest.", DefaultValueFactory = _ => 40 };
        var command = new Command("exact", "Times the search for known values.") { files, count, shortest, longest };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(count), parsed.GetValue(shortest), parsed.GetValue(longest)));
        return command;
    }

    private static void Run(FileInfo[] files, int count, int shortest, int longest)
    {
        ExactValue[] list = [.. Enumerable.Range(0, count).Select(seed => Value(seed, shortest, longest))];
        _ = new ValueSet(list);
        long held = GC.GetTotalMemory(forceFullCollection: true), allocated = GC.GetAllocatedBytesForCurrentThread();
        double started = ThreadClock.Seconds;
        ValueSet values = new(list);
        double seconds = ThreadClock.Seconds - started;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        held = GC.GetTotalMemory(forceFullCollection: true) - held;
        Print($"{count} values built in {seconds * 1e3:F0} ms, {held / 1024.0 / 1024:F1} MiB kept, {allocated / 1024.0 / 1024:F1} MiB allocated");
        CandidateList candidates = new();
        FindingList findings = new();
        foreach (FileInfo file in files)
        {
            byte[] text = File.ReadAllBytes(file.FullName);
            (long Places, long Once, long Twice) kept = default;
            double looks = ThreadClock.Best(() => kept = Keep(values, text), Runs);
            double both = ThreadClock.Best(() => Find(values, text, candidates), Runs);
            double all = ThreadClock.Best(() => Prove(values, text, candidates, findings), Runs);
            Print($"{file.Name} {text.Length / all / 1e9:F2} GB/s (bitmaps {text.Length / looks / 1e9:F2}, with table {text.Length / both / 1e9:F2}); a KiB: {1024.0 / values.Stride:F0} places, {PerKiB(kept.Places)} in words, {PerKiB(kept.Once)} behind the first bitmap, {PerKiB(kept.Twice)} behind the second, {PerKiB(candidates.Count)} behind the table, {PerKiB(findings.Count)} proved");

            string PerKiB(long n) => (n * 1024.0 / text.Length).ToString("G3", CultureInfo.InvariantCulture);
        }
    }

    private static ExactValue Value(int seed, int shortest, int longest)
    {
        var random = new Random(seed);
        return new ExactValue(seed, random.GetItems<byte>([.. Alphabet.Select(c => (byte)c)], random.Next(shortest, longest + 1)));
    }

    private static (long Places, long Once, long Twice) Keep(ValueSet values, byte[] text)
    {
        Span<ushort> kept = stackalloc ushort[values.Places.Room(text.Length)];
        (long Places, long Once, long Twice) all = default;
        for (int at = 0; at <= text.Length - values.Window; at += values.Places.BlockLength)
        {
            int count = values.Places.List(text, at, text.Length, kept);
            all.Places += count;
            all.Once += count = values.FirstLook.Keep(text.AsSpan(at), kept[..count]);
            all.Twice += values.SecondLook.Keep(text.AsSpan(at), kept[..count]);
        }

        return all;
    }

    private static void Find(ValueSet values, byte[] text, CandidateList candidates)
    {
        candidates.Clear();
        values.FindCandidates(text, 0, text.Length, 0, candidates);
    }

    private static void Prove(ValueSet values, byte[] text, CandidateList candidates, FindingList findings)
    {
        Find(values, text, candidates);
        findings.Clear();
        long budget = long.MaxValue;
        foreach (Candidate c in candidates.Items)
        {
            values.TryConfirm(text, c.Position, 0, text.Length, ref budget, findings);
        }
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
