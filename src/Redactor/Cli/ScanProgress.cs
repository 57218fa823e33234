using System.Diagnostics;
using System.Globalization;
using Redactor.Files;

namespace Redactor.Cli;

/// <summary>One line on a terminal that says how far a scan is.</summary>
internal sealed class ScanProgress(TextWriter terminal)
{
    /// <summary>How often the line is drawn at most: faster than a person reads it.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private long lastDrawn = Stopwatch.GetTimestamp();
    private bool isDrawn;
    private long files;
    private long bytes;
    private long findings;

    /// <summary>Counts a file.</summary>
    public void Add(FileReport file)
    {
        files++;
        bytes += file.Length;
        findings += file.Findings.Count;
        if (Stopwatch.GetElapsedTime(lastDrawn) < Interval)
        {
            return;
        }

        lastDrawn = Stopwatch.GetTimestamp();
        isDrawn = true;
        terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r{files:N0} files, {bytes / 1e6:N1} MB, {findings:N0} findings\u001b[K"));
    }

    /// <summary>Takes the line away, so that other lines can be written.</summary>
    public void Clear()
    {
        if (isDrawn)
        {
            terminal.Write("\r\u001b[K");
            isDrawn = false;
        }
    }
}
