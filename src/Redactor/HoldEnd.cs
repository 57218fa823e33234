namespace Redactor;

/// <summary>Why a request that was held back goes on.</summary>
public enum HoldEnd
{
    /// <summary>The text that its streams go on with has come.</summary>
    Joined,

    /// <summary>It was held as long as the configuration allows.</summary>
    Time,

    /// <summary>No room to hold it.</summary>
    Bytes,

    /// <summary>The process stops.</summary>
    Shutdown,
}
