using System.CommandLine;
using System.IO.Pipelines;
using Microsoft.Win32.SafeHandles;
using Redactor.Rules;

namespace Redactor.Cli;

/// <summary>
/// <c>redactor pipe [--ndjson] [--config FILE] [--rules GLOB] [--profile P]</c>: standard input to standard output, masked. Exit 0 when all of the input
/// went through or the reader had enough, 2 when it could not.
/// </summary>
internal static class PipeCommand
{
    /// <summary>Size of one read and one write in bytes: 256 KiB, the window of the stream scan and four times a Linux pipe.</summary>
    private const int BufferSize = 256 * 1024;

    private const int StandardOutput = 1;

    /// <summary>The kernel's number for a pipe that nobody reads, EPIPE: what the runtime makes an exception's HResult of.</summary>
    private const int BrokenPipe = 32;

    public static Command Create()
    {
        var lines = new Option<bool>("--ndjson") { Description = "One JSON value a line, in and out. Strings, and numbers where a rule asks for them, are masked; all else stays byte for byte." };
        var command = new Command("pipe", "Mask standard input and write it to standard output.") { lines };
        var rules = new RuleOptions(command);
        command.SetAction(async (parsed, cancellation) =>
            await rules.LoadAsync(parsed) is { } loaded ? await RunAsync(loaded, parsed.GetValue(lines), cancellation) : CommandLine.Failed);
        return command;
    }

    private static async Task<int> RunAsync(RuleSet rules, bool jsonLines, CancellationToken cancellation)
    {
        await using var standardInput = Console.OpenStandardInput();
        await using var standardOutput = OpenStandardOutput();
        string? error = await RunAsync(rules, jsonLines, standardInput, standardOutput, cancellation);
        if (error is null)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync("redactor: " + error);
        return CommandLine.Failed;
    }

    /// <summary>
    /// Standard output, such that a reader who is gone is noticed (the console's own stream ignores it) and a file that other commands
    /// write to as well is written where they left off (a file stream counts on its own).
    /// </summary>
    private static Stream OpenStandardOutput()
    {
        var output = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return output.CanSeek ? Console.OpenStandardOutput() : output;
    }

    /// <summary>Pipes until the input ends or the reader of the output is gone. Returns what went wrong, or null.</summary>
    internal static async Task<string?> RunAsync(RuleSet rules, bool jsonLines, Stream from, Stream to, CancellationToken cancellation)
    {
        var input = PipeReader.Create(from, new StreamPipeReaderOptions(bufferSize: BufferSize, minimumReadSize: BufferSize / 4, leaveOpen: true));
        var output = new PipeOutput(PipeWriter.Create(to, new StreamPipeWriterOptions(minimumBufferSize: BufferSize, leaveOpen: true)));
        try
        {
            return jsonLines
                ? await JsonLinesPipe.RunAsync(input, output, rules, cancellation)
                : await TextPipe.RunAsync(input, output, rules, cancellation);
        }
        catch (IOException e) when (output.HasFailed && e.HResult == BrokenPipe)
        {
            // The reader had enough (head, less): nothing is lost that anyone wants.
            return null;
        }
        catch (IOException e)
        {
            return $"standard {(output.HasFailed ? "output can't be written" : "input can't be read")}: {e.Message}";
        }
    }
}
