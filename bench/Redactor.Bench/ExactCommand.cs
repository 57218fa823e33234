using System.CommandLine;
using System.Globalization;
using Redactor.Scanning;
using Redactor.Scanning.Exact;

namespace Redactor.Bench;

/// <summary><c>exact FILE...</c>: what searching for many known values costs, step by step, and what comes through each.</summary>
internal static class ExactCommand
{
    private const int Runs = 9;
    private const int ShortestValue = 16;
    private const int LongestValue = 40;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Files to search.", Arity = ArgumentArity.OneOrMore };
        var count = new Option<int>("--count") { Description = "How many random values of 16 to 40 letters and digits to search for.", DefaultValueFactory = _ => 5000 };
        var command = new Command("exact", "Times the search for known values.") { files, count };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(count)));
        return command;
    }

    private static void Run(FileInfo[] files, int count)
    {
        ExactValue[] list = [.. Enumerable.Range(0, count).Select(Value)];
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
            long kept = 0, places = 0;
            double first = ThreadClock.Best(() => (places, kept) = Keep(values, text), Runs);
            double both = ThreadClock.Best(() => Find(values, text, candidates), Runs);
            double all = ThreadClock.Best(() => Prove(values, text, candidates, findings), Runs);
            Print($"{file.Name} {text.Length / all / 1e9:F2} GB/s (first bitmap {text.Length / first / 1e9:F2}, with table {text.Length / both / 1e9:F2}); a KiB: {PerKiB(places)} places, {PerKiB(kept)} behind it, {PerKiB(candidates.Count)} behind the table, {PerKiB(findings.Count)} proved");

            string PerKiB(long n) => (n * 1024.0 / text.Length).ToString("G3", CultureInfo.InvariantCulture);
        }
    }

    private static ExactValue Value(int seed)
    {
        var random = new Random(seed);
        return new ExactValue(seed, random.GetItems<byte>([.. Alphabet.Select(c => (byte)c)], random.Next(ShortestValue, LongestValue + 1)));
    }

    private static (long Places, long Kept) Keep(ValueSet values, byte[] text)
    {
        Span<int> places = stackalloc int[ValueSet.PlacesPerBlock];
        long all = 0, kept = 0;
        for (int at = 0; at <= text.Length - values.Window; at += ValueSet.PlacesPerBlock * values.Stride)
        {
            all += ValueSet.PlacesPerBlock;
            kept += values.Keep(text, at, places);
        }

        return (all, kept);
    }

    private static void Find(ValueSet values, byte[] text, CandidateList candidates)
    {
        candidates.Clear();
        values.FindCandidates(text, 0, candidates);
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
