namespace Redactor.Scanning;

/// <summary>Every limit of the scanner: what it bounds, its unit and why it has that value.</summary>
public static class ScanLimits
{
    /// <summary>Greatest match length of a rule that states none: 4 KiB, twice the longest token in practice (a JWT with many claims).</summary>
    public const int DefaultMatchLength = 4 * 1024;

    /// <summary>Greatest match length that a rule may state: 16 KiB, a PEM block of an RSA key of 16,384 bits.</summary>
    public const int MaxMatchLength = 16 * 1024;

    /// <summary>Least length of an exact value: 8 bytes, the least that is hashed to look for it. What is shorter is more often a word than a secret.</summary>
    public const int MinExactLength = 8;

    /// <summary>
    /// Length in bytes from which an exact value is found whatever stands around it: 16. A shorter one may be part of a word by chance, so it counts only
    /// where it stands alone.
    /// </summary>
    public const int UnboundedExactLength = 16;

    /// <summary>
    /// Automaton steps (bytes looked at) that one unit may cost, for each byte of it. Text costs 1 to 3 in practice;
    /// the bound keeps the quadratic inputs (<c>eyJeyJ...</c>) linear. A unit that exceeds it is masked whole.
    /// </summary>
    public const int StepsPerByte = 256;

    /// <summary>Steps that any unit may cost however short it is.</summary>
    public const int MinSteps = 64 * 1024;

    /// <summary>
    /// Greatest number of candidates in one text: 8 Mi (64 MiB). A dense request of 64 MiB has 1 Mi; more have texts that are made for it, such as 60 MiB of
    /// <c>@</c>, which would take ten times their own memory.
    /// </summary>
    public const int MaxCandidates = 8 * 1024 * 1024;

    /// <summary>Greatest distance in bytes at which context words (<see cref="NearWords"/>) may stand: 256, a log line or two; a stream holds back as much.</summary>
    public const int MaxNearDistance = 256;

    /// <summary>Greatest count in a counted repeat, and greatest product of nested ones (RE2's own limit).</summary>
    public const int MaxRepeat = 1000;

    /// <summary>Greatest number of automaton instructions that one expression may compile to.</summary>
    public const int MaxProgramSize = 20_000;

    /// <summary>Greatest nesting of groups in an expression.</summary>
    public const int MaxNesting = 200;
}
