using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Redactor.Redact.Views;
using Redactor.Rules;
using Redactor.Scanning;

namespace Redactor.Files;

/// <summary>Scans one file as one text, as it stands and decoded, in memory that does not grow with it. Thread-safe.</summary>
internal static class FileScan
{
    /// <summary>Finds what <paramref name="rules"/> would mask in the file, or would if they were active. A file that can't be read is a problem, never an exception.</summary>
    public static FileReport Scan(string path, RuleSet rules)
    {
        string name = FilePattern.Display(path);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FileLimits.ReadSize);
        try
        {
            // Pipes, sockets and devices have no length either; opening one could wait for ever.
            if (new FileInfo(path).Length == 0)
            {
                return new FileReport(name, 0, [], null);
            }

            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            int held = Fill(file, buffer, 0);
            if (buffer.AsSpan(0, Math.Min(held, FileLimits.BinaryProbe)).Contains((byte)0))
            {
                return new FileReport(name, 0, [], null);
            }

            var findings = new List<StreamFinding>();
            long length = held < buffer.Length ? ScanWhole(buffer.AsSpan(0, held), rules, findings) : ScanStream(file, buffer, held, rules, findings);
            return Report(name, length, file, findings, rules);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new FileReport(name, 0, [], FileProblem.Of(unreadable));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static long ScanWhole(ReadOnlySpan<byte> text, RuleSet rules, List<StreamFinding> findings)
    {
        var found = new FindingList();
        if (rules.Scanner.Scan(text, found) == ScanStatus.OverBudget)
        {
            findings.Add(new StreamFinding(StreamFinding.OverBudget, 0, text.Length));
        }

        foreach (Finding finding in found.Items)
        {
            findings.Add(new StreamFinding(finding.Rule, finding.Start, finding.Length));
        }

        ViewFinder.Find(text, rules, 0, findings);
        return text.Length;
    }

    private static long ScanStream(SafeFileHandle file, byte[] buffer, int held, RuleSet rules, List<StreamFinding> findings)
    {
        var stream = new StreamScan(rules.Scanner, finding =>
        {
            if (findings.Count <= FileLimits.MaxFindings)
            {
                findings.Add(finding);
            }
        });
        long length = 0, start = 0;
        while (held > 0)
        {
            stream.Append(buffer.AsSpan((int)(length - start), held - (int)(length - start)));
            length = start + held;
            if (findings.Count <= FileLimits.MaxFindings)
            {
                ViewFinder.Find(buffer.AsSpan(0, held), rules, start, findings);
            }

            start = held < buffer.Length ? length : start + NextPart(buffer);
            held = Fill(file, buffer, start);
        }

        stream.Complete();
        return length;
    }

    /// <summary>Where the next part begins whose views are read: with a line, and so far before the end that what is encoded there is whole in one of both.</summary>
    private static int NextPart(ReadOnlySpan<byte> part)
    {
        int latest = part.Length - FileLimits.PartOverlap;
        int line = part[(latest - FileLimits.PartOverlap)..latest].LastIndexOf((byte)'\n') + 1;
        return line > 0 ? latest - FileLimits.PartOverlap + line : latest;
    }

    private static FileReport Report(string name, long length, SafeFileHandle file, List<StreamFinding> findings, RuleSet rules)
    {
        string? problem = findings.Any(finding => finding.Rule == StreamFinding.OverBudget) ? "holds text that costs too much to read, or is encoded deeper or more often than is read; what is found there is not told" : null;
        bool isCut = findings.Count > FileLimits.MaxFindings;
        findings.RemoveAll(finding => IsAllowed(finding, file, rules));
        var merged = FindingMerge.Merge(findings, rules);
        if (isCut)
        {
            merged.RemoveRange(Math.Min(merged.Count, FileLimits.MaxFindings), Math.Max(0, merged.Count - FileLimits.MaxFindings));
            problem ??= $"holds more than {FileLimits.MaxFindings} findings; the others are not told";
        }

        if (merged.Count == 0)
        {
            return new FileReport(name, length, [], problem);
        }

        var positions = TextPositions.Of(file, merged.SelectMany(finding => new[] { finding.Start, finding.Start + finding.Length }));
        var excerpts = new Excerpts(file, merged, rules);
        return new FileReport(name, length, [.. merged.Select((finding, i) => new FileFinding(
            finding.Rule, finding.Start, finding.Length, positions[finding.Start], positions[finding.Start + finding.Length], excerpts.Of(i)))], problem);
    }

    /// <summary>Whether the configuration says that what was found is never masked.</summary>
    private static bool IsAllowed(StreamFinding finding, SafeFileHandle file, RuleSet rules)
    {
        if (rules.Allow is not { } allow || finding.Rule == StreamFinding.OverBudget || finding.Length > ScanLimits.MaxMatchLength)
        {
            return false;
        }

        byte[] value = new byte[finding.Length];
        return Fill(file, value, finding.Start) == value.Length && allow.Allows(value);
    }

    private static int Fill(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        int held = 0;
        for (int read; held < buffer.Length && (read = RandomAccess.Read(file, buffer[held..], offset + held)) > 0;)
        {
            held += read;
        }

        return held;
    }
}
