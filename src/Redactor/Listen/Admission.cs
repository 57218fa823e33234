namespace Redactor.Listen;

/// <summary>Whether somebody is let in, and if not, why. The names are labels of a metric.</summary>
public enum Admission
{
    /// <summary>Comes in.</summary>
    Granted,

    /// <summary>Comes from a network that is not allowed; the connection is closed before a byte is read.</summary>
    AddressNotAllowed,

    /// <summary>Credentials are asked for and there are none.</summary>
    NoCredentials,

    /// <summary>There are credentials, of no valid form or not valid.</summary>
    WrongCredentials,

    /// <summary>Another password is being compared just now; the same request may succeed later.</summary>
    Busy,
}
