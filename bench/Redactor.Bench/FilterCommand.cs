using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Redactor.Rules;
using Redactor.Scanning;
using Redactor.Scanning.Filtering;
using Redactor.Scanning.Filtering.Kernels;

namespace Redactor.Bench;

/// <summary><c>filter FILE...</c>: what the scanner's first stage costs under the default rules, and where.</summary>
internal static class FilterCommand
{
    private const int Runs = 5;

    internal static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Files to look through.", Arity = ArgumentArity.OneOrMore };
        var rules = new Option<string>("--rules") { Description = "Rule files.", DefaultValueFactory = _ => RuleSource.DefaultPatterns[0] };
        var engine = new Option<FilterEngine>("--engine") { Description = "Which engine to force." };
        var command = new Command("filter", "Prints GB/s of thread CPU time, candidates a KiB and nanoseconds a KiB of each step of the filter.") { files, rules, engine };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(rules)!, parsed.GetValue(engine)));
        return command;
    }

    private static void Run(FileInfo[] files, string rules, FilterEngine engine)
    {
        RuleLoad load = RuleLoad.From(new RuleSource([rules], Profile.Default));
        IReadOnlyList<ScanRule> set = [.. (load.Rules ?? throw new InvalidDataException(string.Join('\n', load.Mistakes))).Rules.Select(r => r.Scan)];
        IReadOnlyList<Atom> atoms = Scanner.Compile(set).Atoms.Atoms;
        Filter.Create(atoms, engine);
        double started = ThreadClock.Seconds;
        Filter filter = Filter.Create(atoms, engine);
        Print($"{atoms.Count} atoms, {filter.Engine}, built in {(ThreadClock.Seconds - started) * 1e3:F0} ms");
        Action<byte[]> split = filter.Engine switch
        {
            FilterEngine.Vector512 => text => Split<VbmiKernel>(atoms, text),
            FilterEngine.Vector256 => text => Split<NibbleKernel<Lanes256, Vector256<byte>>>(atoms, text),
            FilterEngine.Vector128 => text => Split<NibbleKernel<Lanes128, Vector128<byte>>>(atoms, text),
            _ => text => Split<ScalarKernel>(atoms, text),
        };
        CandidateList candidates = new();
        foreach (byte[] text in files.Select(file => File.ReadAllBytes(file.FullName)))
        {
            double seconds = ThreadClock.Best(() => Find(filter, text, candidates), Runs);
            Print($"{text.Length / seconds / 1e9:F2} GB/s, {PerKiB(candidates.Count, text):F2} candidates a KiB, {seconds * 1e9 * 1024 / text.Length:F0} ns a KiB");
            split(text);
            foreach (int length in new[] { 16, 64, 256 })
            {
                seconds = ThreadClock.Best(() => FindShort(filter, text, length, candidates), Runs);
                Print($"  {seconds * 1e9 / (text.Length / 8 / length):F0} ns for {length} bytes");
            }
        }
    }

    private static void Find(Filter filter, byte[] text, CandidateList candidates)
    {
        candidates.Clear();
        filter.Find(text, candidates, oneUnit: true);
    }

    private static void FindShort(Filter filter, byte[] text, int length, CandidateList candidates)
    {
        candidates.Clear();
        for (int i = 0; i + length <= text.Length / 8; i += length)
        {
            filter.Find(text.AsSpan(i, length), candidates, oneUnit: true);
        }
    }

    /// <summary>The window steps once more, each for itself; what the whole takes beyond them is runs and verification.</summary>
    private static void Split<TKernel>(IReadOnlyList<Atom> atoms, byte[] text)
        where TKernel : struct, IBlockKernel
    {
        foreach (var group in atoms.Select((atom, index) => (atom, index)).GroupBy(a => TextWindows.LengthFor(a.atom)).Where(group => group.Key > 0))
        {
            TextWindows windows = new(WindowPlan.Choose<TKernel>([.. group], group.Key), group.Key);
            ulong[] marks = new ulong[Block.Length / 64];
            ushort[] positions = new ushort[Block.Length + BitPositions.Slack];
            long found = 0, kept = 0;
            double[] seconds = new double[3];
            for (int steps = 1; steps <= 3; steps++)
            {
                seconds[steps - 1] = ThreadClock.Best(
                    () =>
                    {
                        found = kept = 0;
                        for (int start = 0; start + Block.Length + Block.Lookahead <= text.Length; start += Block.Length)
                        {
                            ref byte block = ref MemoryMarshal.GetReference(text.AsSpan(start));
                            TKernel.MarkWindows(windows.Tables, ref block, marks);
                            int count = steps > 1 ? BitPositions.Flatten(marks, positions) : 0;
                            found += count;
                            kept += steps > 2 ? windows.Reject(ref block, positions.AsSpan(0, count)) : 0;
                        }
                    },
                    Runs);
            }

            double perKiB = 1e9 * 1024 / text.Length;
            Print($"  {group.Count()} windows with keys of {group.Key}: ns a KiB: mark {seconds[0] * perKiB:F0}, flatten {(seconds[1] - seconds[0]) * perKiB:F0}, reject {(seconds[2] - seconds[1]) * perKiB:F0}; a KiB: {PerKiB(found, text):F1} marked, {PerKiB(kept, text):F1} kept");
        }
    }

    private static double PerKiB(long count, byte[] text) => count * 1024.0 / text.Length;

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
