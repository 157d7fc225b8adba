/** Stands for the packages of users: outside of the library's. */
package org.example.nets;
