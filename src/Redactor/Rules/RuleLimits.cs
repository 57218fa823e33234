namespace Redactor.Rules;

/// <summary>Every limit of rule files and their watching: what it bounds, its unit and why it has that value.</summary>
internal static class RuleLimits
{
    /// <summary>Greatest size of one rule file, in bytes: 4 MiB, some forty times all the rules that come with the program.</summary>
    public const int MaxFileSize = 4 * 1024 * 1024;

    /// <summary>Greatest nesting of YAML collections; a rule needs 4. The YAML library recurses, so more would end the process.</summary>
    public const int MaxNesting = 16;

    /// <summary>Greatest length of a rule id in characters, 64: it is a metric label and part of every mask, by which masks are recognised.</summary>
    public const int MaxIdLength = Scanning.Judging.MaskText.MaxIdLength;

    /// <summary>Greatest entropy that a rule may ask for, in bits a byte: a byte holds no more.</summary>
    public const double MaxEntropy = 8;

    /// <summary>Greatest distance of context words, in bytes (<see cref="Scanning.NearWords.Within"/>).</summary>
    public const int MaxNearDistance = Scanning.ScanLimits.MaxNearDistance;

    /// <summary>Greatest length of one fill in an example, in characters: the longest match.</summary>
    public const int MaxFillLength = Scanning.ScanLimits.MaxMatchLength;

    /// <summary>How long the files must stay the same before they are read: an editor's or a ConfigMap's several steps are one change.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMilliseconds(300);

    /// <summary>How often the files are compared without any notice from the system: network file systems give none.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);
}
